{{ config(materialized='view') }}
select
    {{ unit_columns() }},
    units.current_unit_key,
    units.current_unit_name,
    promises.item_code,
    promises.source_type,
    {{ word_vi('promises.source_type', 'source_type') }} as source_type_name_vi,
    promises.source_date,
    promises.period_code,
    periods.period_end_date,
    promises.category,
    categories.name_vi as category_name_vi,
    promises.statement,
    promises.cause,
    promises.remedy,
    promises.responsible_unit_key,
    responsible_units.unit_name as responsible_unit_name,
    promises.due_date,
    promises.status,
    states.name_vi as status_name_vi,
    promises.closed_date,
    promises.is_open,
    promises.is_overdue,
    promises.days_overdue,
    promises.days_open,
    promises.activity_code,
    promises.activity_unit_key,
    activities.unit_name as activity_unit_name,
    activities.activity_type,
    types.name_vi as activity_type_name_vi,
    activities.activity_date,
    promises.is_simulated,
    promises.submission_id
from {{ ref('fct_commitments').include(database=false) }} as promises
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = promises.unit_key
left join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = promises.period_code
left join {{ ref('dim_units').include(database=false) }} as responsible_units
    on responsible_units.unit_key = promises.responsible_unit_key
left join {{ ref('fct_activities').include(database=false) }} as activities
    on activities.unit_key = promises.activity_unit_key and activities.activity_code = promises.activity_code
{{ join_list_item('types', 'activity_types', 'activities.activity_type') }}
{{ join_list_item('categories', 'issue_categories', 'promises.category') }}
{{ join_list_item('states', 'item_states', 'promises.status') }}
