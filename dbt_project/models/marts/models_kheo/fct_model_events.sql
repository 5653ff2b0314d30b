with

events as (

    select * from {{ ref('int_model_events') }}

),

units as (

    select * from {{ ref('dim_units') }}

)

select
    events.model_code,
    events.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    events.unit_code,
    events.event,
    events.step_number,
    events.event_date,
    events.period_code,
    periods.period_end_date,
    events.result_value,
    events.decision_no,
    events.decision_body,
    events.award_kind,
    events.award_level,
    events.note,
    events.registered_unit_key,
    registered_units.unit_name as registered_unit_name,
    events.registered_unit_key is not null as is_registered,
    events.is_ambiguous,
    events.is_simulated,
    events.submission_id,
    events.sheet,
    events.row_number
from events
inner join units on units.unit_key = events.unit_key
left join units as registered_units on registered_units.unit_key = events.registered_unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = events.period_code
order by events.unit_key, events.model_code, events.event_date, events.event
