with

as_reported as (

    select
        'as_reported' as lens,
        unit_key,
        level,
        indicator_code,
        period_code,
        numerator,
        denominator,
        counted_value,
        mean_value,
        reporting_units,
        expected_units,
        is_simulated,
        is_estimated
    from {{ ref('int_series_as_reported') }}

),

current_boundaries as (

    select
        'current_boundaries' as lens,
        unit_key,
        level,
        indicator_code,
        period_code,
        numerator,
        denominator,
        counted_value,
        mean_value,
        reporting_units,
        expected_units,
        is_simulated,
        is_estimated
    from {{ ref('int_series_current_boundaries') }}

),

both_lenses as (

    select * from as_reported
    union all
    select * from current_boundaries

),

indicators as (

    select * from {{ ref('int_indicators') }}

),

units as (

    select * from {{ ref('int_units') }}

),

periods as (

    select * from {{ ref('int_periods') }}

)

select
    both_lenses.lens,
    both_lenses.level,
    both_lenses.unit_key,
    units.series_key,
    units.parent_series_key,
    both_lenses.indicator_code,
    indicators.direction,
    indicators.is_rate,
    both_lenses.period_code,
    periods.period_type,
    periods.period_end_date,
    periods.previous_period_code,
    case when indicators.is_rate then both_lenses.numerator end as numerator,
    case when indicators.is_rate then both_lenses.denominator end as denominator,
    case
        when indicators.is_rate then 100.0 * both_lenses.numerator / nullif(both_lenses.denominator, 0)
        when indicators.aggregation = 'weighted_mean' then both_lenses.mean_value
        else both_lenses.counted_value
    end as value,
    case when indicators.is_rate
            then {{ wilson_limit('both_lenses.numerator', 'both_lenses.denominator', '-') }}
    end as value_low,
    case when indicators.is_rate
            then {{ wilson_limit('both_lenses.numerator', 'both_lenses.denominator', '+') }}
    end as value_high,
    cast(both_lenses.reporting_units as bigint) as reporting_units,
    cast(both_lenses.expected_units as bigint) as expected_units,
    both_lenses.is_simulated,
    both_lenses.is_estimated
from both_lenses
inner join indicators on indicators.indicator_code = both_lenses.indicator_code
inner join units on units.unit_key = both_lenses.unit_key
inner join periods on periods.period_code = both_lenses.period_code
