-- The register's counts of models by unit and period, on today's boundaries: a report at a period's end includes the models that
-- a unit took over, so the lens as_reported has no counterpart. For a year or
-- a part of it: the models that ran on any day of it, and their events in it. For a phase: the models registered for it, and
-- their
-- events at any time.
with

placements as (

    select * from {{ ref('int_model_placements') }}
    where lens <> 'as_reported'

),

progress as (

    select * from {{ ref('int_model_progress') }}

),

periods as (

    select periods.*
    from {{ ref('int_periods') }} as periods
    where periods.period_start_date <= {{ as_of_date() }}
        and periods.period_code in (
            select reported.period_code
            from {{ ref('int_series_as_reported') }} as reported
            inner join {{ ref('model_indicators') }} as indicators on indicators.indicator_code = reported.indicator_code
        )

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

-- One row per model and period in which it ran.
runs as (

    select
        registrations.unit_key,
        registrations.model_code,
        periods.period_code,
        periods.period_type,
        periods.period_start_date,
        periods.period_end_date,
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
    placements.lens,
    placements.unit_key,
    runs.period_code,
    placements.kind,
    count(*) as in_force_count,
    count(case when runs.is_in_force_at_end then 1 end) as in_force_at_end_count,
    count(case when runs.is_ever_recognised then 1 end) as ever_recognised_count,
    coalesce(sum(run_events.is_inspected), 0) as inspected_count,
    coalesce(sum(run_events.is_recognised), 0) as recognised_count,
    coalesce(sum(run_events.is_awarded), 0) as awarded_count,
    coalesce(sum(case when runs.is_ever_recognised then run_events.is_replicated end), 0) as replicated_count,
    count(case when runs.has_event then 1 end) as with_event_count
from runs
inner join placements
    on placements.registered_unit_key = runs.unit_key and placements.model_code = runs.model_code
left join run_events
    on run_events.unit_key = runs.unit_key
        and run_events.model_code = runs.model_code
        and run_events.period_code = runs.period_code
group by placements.lens, placements.unit_key, runs.period_code, placements.kind
