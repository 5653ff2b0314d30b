with

events as (

    select
        registered_unit_key as unit_key,
        model_code,
        event,
        event_date,
        step_number
    from {{ ref('int_model_events') }}
    where registered_unit_key is not null

),

summed_up as (

    select
        unit_key,
        model_code,
        max(step_number) as reached_step_number,
        min(case when event = 'inspected' then event_date end) as inspected_date,
        min(case when event = 'recognised' then event_date end) as recognised_date,
        min(case when event = 'awarded' then event_date end) as awarded_date,
        min(case when event = 'replicated' then event_date end) as replicated_date,
        max(case when event = 'stopped' then event_date end) as last_stopped_date,
        max(case when event <> 'stopped' then event_date end) as last_other_event_date
    from events
    group by unit_key, model_code

),

-- A step may be reported again with new results: it began when it was first reported.
step_starts as (

    select
        events.unit_key,
        events.model_code,
        min(events.event) as current_step,
        min(events.event_date) as step_start_date
    from events
    inner join summed_up
        on summed_up.unit_key = events.unit_key
            and summed_up.model_code = events.model_code
            and summed_up.reached_step_number = events.step_number
    group by events.unit_key, events.model_code

),

-- A model that was taken up again after it had been stopped is not stopped.
with_stop as (

    select
        *,
        case
            when last_other_event_date is null or last_stopped_date >= last_other_event_date then last_stopped_date
        end as stopped_date
    from summed_up

)

select
    with_stop.unit_key,
    with_stop.model_code,
    with_stop.reached_step_number,
    step_starts.current_step,
    step_starts.step_start_date,
    with_stop.inspected_date,
    with_stop.recognised_date,
    with_stop.awarded_date,
    with_stop.replicated_date,
    with_stop.stopped_date,
    case
        when with_stop.stopped_date is not null then 'stopped'
        when with_stop.replicated_date is not null then 'replicated'
        when with_stop.awarded_date is not null then 'awarded'
        when with_stop.recognised_date is not null then 'recognised'
        else 'in_progress'
    end as status,
    {{ earliest_of([
        'with_stop.recognised_date', 'with_stop.awarded_date', 'with_stop.replicated_date', 'with_stop.stopped_date'
    ]) }} as closed_date
from with_stop
left join step_starts
    on step_starts.unit_key = with_stop.unit_key and step_starts.model_code = with_stop.model_code
