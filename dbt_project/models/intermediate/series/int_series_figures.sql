{{ config(materialized='view') }}
-- Figures in the order in which pages look for them, so that a query reads few blocks. Sorted while rows are narrow.
with

series as (

    select * from {{ ref('int_series_signals') }}
    order by line_number, period_number

)

select
    series.lens_number,
    series.unit_number,
    series.indicator_number,
    series.period_type_number,
    series.period_number,
    series.numerator,
    series.denominator,
    series.value,
    series.value_low,
    series.value_high,
    series.reporting_units,
    series.expected_units,
    series.report_kinds,
    series.silent_denominator,
    series.previous_value,
    case when without_trend.indicator_number is null then series.slope_sign end as slope_sign,
    series.signal_sign,
    ranks.rank_low,
    ranks.rank_high,
    ranks.ranked_units,
    series.is_estimated,
    series.is_simulated
from series
left join {{ ref('int_series_ranks') }} as ranks
    on ranks.line_number = series.line_number
        and ranks.period_number = series.period_number
left join {{ ref('int_periods_without_trend') }} as without_trend
    on without_trend.indicator_number = series.indicator_number
        and without_trend.period_type_number = series.period_type_number
        and without_trend.period_number = series.period_number
