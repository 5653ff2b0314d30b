-- The totals that can be taken apart: rates that add up, where there is a denominator.
select
    series.unit_key,
    series.level,
    series.indicator_code,
    series.period_code,
    series.epoch_start_date,
    series.rollup,
    series.numerator,
    series.denominator,
    {{ percentage('series.numerator', 'series.denominator') }} as rate,
    series.is_estimated,
    series.is_simulated
from {{ ref('int_series_as_reported') }} as series
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = series.indicator_code
where indicators.is_rate
    and series.aggregation = 'sum'
    and series.numerator is not null
    and series.denominator > 0
