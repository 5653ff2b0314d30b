{{ config(materialized='view') }}
select
    {{ unit_columns() }},
    units.current_unit_key,
    units.current_unit_name,
    activities.activity_code,
    activities.activity_type,
    types.name_vi as activity_type_name_vi,
    activities.topic_code,
    topics.name_vi as topic_name_vi,
    activities.period_code,
    periods.period_end_date,
    activities.planned_date,
    activities.activity_date,
    activities.is_planned,
    activities.is_held,
    activities.is_overdue,
    activities.days_after_plan,
    activities.level as activity_level,
    levels.name_vi as activity_level_name_vi,
    activities.host_role,
    roles.name_vi as host_role_name_vi,
    activities.participants,
    activities.conclusions,
    activities.subject_unit_key,
    activities.subject_unit_name,
    activities.document_no,
    activities.document_title,
    activities.co_hosts,
    activities.conclusion_count,
    activities.closed_conclusion_count,
    activities.overdue_conclusion_count,
    activities.note,
    activities.campaign_code,
    campaigns.name_vi as campaign_name_vi,
    activities.is_simulated,
    activities.submission_id
from {{ ref('fct_activities').include(database=false) }} as activities
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = activities.unit_key
left join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = activities.period_code
{{ join_list_item('types', 'activity_types', 'activities.activity_type') }}
{{ join_list_item('topics', 'topics', 'activities.topic_code') }}
{{ join_list_item('levels', 'model_levels', 'activities.level') }}
{{ join_list_item('roles', 'host_roles', 'activities.host_role') }}
{{ join_list_item('campaigns', 'campaigns', 'activities.campaign_code') }}
