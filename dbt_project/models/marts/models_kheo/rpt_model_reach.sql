with

placements as (

    select
        placements.*,
        results.result_verdict
    from {{ ref('int_model_placements') }} as placements
    inner join {{ ref('int_model_results') }} as results
        on results.unit_key = placements.registered_unit_key and results.model_code = placements.model_code

),

periods as (

    select * from {{ ref('int_model_periods') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

unit_totals as (

    select * from {{ ref('int_model_unit_totals') }}

),

registered as (

    select
        lens,
        unit_key,
        phase as period_code,
        phase_home_series_key as home_series_key,
        result_verdict,
        is_simulated
    from placements
    union all
    -- A unit whose registration is dated after the as-of day, when that day is set back, is not yet one with a model.
    select
        lens,
        unit_key,
        cast(year(registered_date) as {{ engine_type('varchar') }}) as period_code,
        case when registered_date <= {{ as_of_date() }} then home_series_key end as home_series_key,
        result_verdict,
        is_simulated
    from placements

),

counted as (

    select
        lens,
        unit_key,
        period_code,
        count(*) as registered_count,
        count(distinct home_series_key) as units_with_models,
        count(case when result_verdict = 'reached' then 1 end) as results_reached,
        count(case when result_verdict <> 'not_known' then 1 end) as results_known,
        bool_or(is_simulated) as is_simulated
    from registered
    group by lens, unit_key, period_code

)

select
    counted.lens,
    units.level,
    counted.unit_key,
    units.unit_name,
    units.province_code,
    units.current_province_code,
    counted.period_code,
    periods.period_type,
    period_days.period_end_date,
    counted.registered_count,
    counted.units_with_models,
    coalesce(unit_totals.units_total, 0) as units_total,
    cast(counted.units_with_models as double) / nullif(cast(unit_totals.units_total as double), 0) as units_with_models_ratio,
    counted.results_reached,
    counted.results_known,
    cast(counted.results_reached as double) / nullif(cast(counted.results_known as double), 0) as results_reached_ratio,
    counted.is_simulated
from counted
inner join units on units.unit_key = counted.unit_key
inner join periods on periods.period_code = counted.period_code
inner join {{ ref('int_periods') }} as period_days on period_days.period_code = counted.period_code
left join unit_totals
    on unit_totals.lens = counted.lens
        and unit_totals.unit_key = counted.unit_key
        and unit_totals.period_code = counted.period_code
order by counted.lens, units.level, counted.unit_key, counted.period_code
