{{ config(materialized='view') }}
-- The lines of figures with their texts instead of numbers.
select
    {{ lens_of('series.lens_number') }} as lens,
    units.level,
    units.unit_key,
    units.series_key,
    units.parent_series_key,
    indicators.indicator_code,
    series.direction,
    series.is_rate,
    periods.period_code,
    periods.period_type,
    periods.period_end_date,
    periods.previous_period_code,
    series.numerator,
    series.denominator,
    series.value,
    series.value_low,
    series.value_high,
    series.reporting_units,
    series.expected_units,
    series.silent_denominator,
    series.is_simulated,
    series.is_estimated
from {{ ref('int_series_neighbours') }} as series
inner join {{ ref('int_units') }} as units on units.unit_number = series.unit_number
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_number = series.indicator_number
inner join {{ ref('int_periods') }} as periods
    on periods.period_type_number = series.period_type_number and periods.period_number = series.period_number
