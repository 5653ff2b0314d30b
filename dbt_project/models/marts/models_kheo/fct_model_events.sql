with

events as (

    select * from {{ ref('int_model_events') }}

),

successors as (

    select * from {{ ref('int_single_successors') }}

)

select
    events.model_code,
    events.unit_key,
    successors.current_unit_key,
    events.unit_code,
    events.event,
    events.step_number,
    events.event_date,
    events.period_code,
    events.result_value,
    events.decision_no,
    events.decision_body,
    events.award_kind,
    events.award_level,
    events.note,
    events.registered_unit_key,
    events.registered_unit_key is not null as is_registered,
    events.is_ambiguous,
    events.is_simulated,
    events.submission_id,
    events.sheet,
    events.row_number
from events
left join successors on successors.unit_key = events.unit_key
order by events.unit_key, events.model_code, events.event_date, events.event
