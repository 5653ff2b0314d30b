{{ config(materialized='view') }}
select
    {{ unit_columns() }},
    owed.form,
    {{ word_vi('owed.form', 'form') }} as form_name_vi,
    owed.period_code,
    owed.period_type,
    periods.period_start_date,
    owed.period_end_date,
    owed.due_date,
    owed.status,
    {{ word_vi('owed.status', 'report_status') }} as status_name_vi,
    owed.received_at,
    owed.days_late,
    owed.returned_count,
    owed.inherited_from_unit_key,
    ended_units.unit_name as inherited_from_unit_name,
    owed.submission_id
from {{ ref('rpt_obligations').include(database=false) }} as owed
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = owed.unit_key
inner join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = owed.period_code
left join {{ ref('dim_units').include(database=false) }} as ended_units
    on ended_units.unit_key = owed.inherited_from_unit_key
