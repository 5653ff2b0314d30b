-- For a year or a part of it: the models that ran on any day of it, and their events in it. For a phase: the models registered
-- for it, and their events at any time.
with

progress as (

    select * from {{ ref('int_model_progress') }}

),

periods as (

    select * from {{ ref('int_periods') }}
    where period_start_date <= {{ as_of_date() }}
        and period_type in ('6M', 'year', 'phase')

),

events as (

    select distinct
        registered_unit_key,
        model_code,
        event,
        event_date
    from {{ ref('int_model_events') }}
    where registered_unit_key is not null and event in ('inspected', 'recognised', 'awarded', 'replicated')

),

runs as (

    select
        registrations.unit_key,
        registrations.model_code,
        registrations.kind,
        registrations.is_simulated,
        periods.period_code,
        periods.period_type,
        periods.period_start_date,
        periods.period_end_date,
        periods.epoch_start_date,
        periods.period_type = 'phase'
        or (
            coalesce(registrations.end_date, date '9999-12-31') >= periods.period_end_date
            and coalesce(progress.stopped_date, date '9999-12-31') > periods.period_end_date
        ) as is_in_force_at_end,
        progress.unit_key is not null as has_event,
        coalesce(progress.recognised_date <= periods.period_end_date or periods.period_type = 'phase', false)
        and progress.recognised_date is not null as is_ever_recognised
    from {{ ref('int_model_registrations') }} as registrations
    inner join periods
        on (periods.period_type = 'phase' and periods.period_code = registrations.phase)
            or (periods.period_type <> 'phase' and periods.period_end_date >= registrations.registered_date)
    left join progress on progress.unit_key = registrations.unit_key and progress.model_code = registrations.model_code
    where periods.period_type = 'phase'
        or (
            coalesce(registrations.end_date, date '9999-12-31') >= periods.period_start_date
            and coalesce(progress.stopped_date, date '9999-12-31') >= periods.period_start_date
        )

),

run_events as (

    select
        runs.unit_key,
        runs.model_code,
        runs.period_code,
        max(case when events.event = 'inspected' then 1 else 0 end) as is_inspected,
        max(case when events.event = 'recognised' then 1 else 0 end) as is_recognised,
        max(case when events.event = 'awarded' then 1 else 0 end) as is_awarded,
        max(case when events.event = 'replicated' then 1 else 0 end) as is_replicated
    from runs
    inner join events
        on events.registered_unit_key = runs.unit_key
            and events.model_code = runs.model_code
            and (
                runs.period_type = 'phase'
                or events.event_date between runs.period_start_date and runs.period_end_date
            )
    group by runs.unit_key, runs.model_code, runs.period_code

)

select
    runs.unit_key,
    runs.model_code,
    runs.kind,
    runs.period_code,
    runs.period_type,
    runs.period_end_date,
    runs.epoch_start_date,
    1 as in_force,
    case when runs.is_in_force_at_end then 1 else 0 end as in_force_at_end,
    case when runs.is_ever_recognised then 1 else 0 end as ever_recognised,
    coalesce(run_events.is_inspected, 0) as inspected,
    coalesce(run_events.is_recognised, 0) as recognised,
    coalesce(run_events.is_awarded, 0) as awarded,
    case when runs.is_ever_recognised then coalesce(run_events.is_replicated, 0) else 0 end as replicated,
    case when runs.has_event then 1 else 0 end as with_event,
    runs.is_simulated
from runs
left join run_events
    on run_events.unit_key = runs.unit_key
        and run_events.model_code = runs.model_code
        and run_events.period_code = runs.period_code
