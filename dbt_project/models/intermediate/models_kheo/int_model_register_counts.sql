-- The register's counts of models by unit and period, on today's boundaries: a report at a period's end includes the models that
-- a unit took over, so the lens as_reported has no counterpart.
with

placements as (

    select * from {{ ref('int_model_placements') }}
    where lens <> 'as_reported'

),

reported_periods as (

    select distinct reported.period_code
    from {{ ref('int_series_as_reported') }} as reported
    inner join {{ ref('model_indicators') }} as indicators on indicators.indicator_code = reported.indicator_code

)

select
    placements.lens,
    placements.unit_key,
    runs.period_code,
    placements.kind,
    sum(runs.in_force) as in_force_count,
    sum(runs.in_force_at_end) as in_force_at_end_count,
    sum(runs.ever_recognised) as ever_recognised_count,
    sum(runs.inspected) as inspected_count,
    sum(runs.recognised) as recognised_count,
    sum(runs.awarded) as awarded_count,
    sum(runs.replicated) as replicated_count,
    sum(runs.with_event) as with_event_count
from {{ ref('int_model_runs') }} as runs
inner join reported_periods on reported_periods.period_code = runs.period_code
inner join placements
    on placements.registered_unit_key = runs.unit_key and placements.model_code = runs.model_code
group by placements.lens, placements.unit_key, runs.period_code, placements.kind
