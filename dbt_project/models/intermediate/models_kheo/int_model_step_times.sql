-- How long each model stood in each step. A step runs from its first report to the first report of a later one, or to
-- recognition, award or replication. A model that was stopped in a step did not finish it, and a model that is still in it has
-- not yet: both times are censored, at
-- the stop and at the as-of day. 'registered' is the wait for the first step; 0 days where that step was before the registration.
with

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

progress as (

    select * from {{ ref('int_model_progress') }}

),

step_reports as (

    select
        registered_unit_key as unit_key,
        model_code,
        step_number,
        min(event) as step_code,
        min(event_date) as start_date
    from {{ ref('int_model_events') }}
    where registered_unit_key is not null and step_number is not null
    group by registered_unit_key, model_code, step_number

),

step_starts as (

    select
        unit_key,
        model_code,
        0 as step_number,
        'registered' as step_code,
        registered_date as start_date
    from registrations
    union all
    select
        unit_key,
        model_code,
        step_number,
        step_code,
        start_date
    from step_reports

),

with_next_step as (

    select
        *,
        min(start_date) over (
            partition by unit_key, model_code order by step_number rows between 1 following and unbounded following
        ) as next_start_date
    from step_starts

),

with_end as (

    select
        with_next_step.unit_key,
        with_next_step.model_code,
        with_next_step.step_number,
        with_next_step.step_code,
        with_next_step.start_date,
        progress.stopped_date,
        {{ earliest_of([
            'with_next_step.next_start_date', 'progress.recognised_date', 'progress.awarded_date', 'progress.replicated_date'
        ]) }} as finished_date
    from with_next_step
    left join progress
        on progress.unit_key = with_next_step.unit_key and progress.model_code = with_next_step.model_code

),

with_outcome as (

    select
        *,
        case
            when finished_date is not null and (stopped_date is null or finished_date <= stopped_date) then 'finished'
            when stopped_date is not null then 'stopped'
            else 'open'
        end as outcome
    from with_end

),

with_end_date as (

    select
        *,
        case outcome when 'finished' then finished_date when 'stopped' then stopped_date else {{ as_of_date() }} end as end_date
    from with_outcome

)

select
    unit_key,
    model_code,
    step_number,
    step_code,
    start_date,
    end_date,
    outcome,
    case
        when end_date <= start_date then 0
        else cast({{ days_between('start_date', 'end_date') }} as bigint)
    end as days_in_step
from with_end_date
