-- Cumulative periods of indicators that mix stock and flow: what was done since the new year, of what stands at the period's
-- end. A year in which the stock was cleaned up would look like a trend.
select
    indicators.indicator_number,
    periods.period_type_number,
    periods.period_number
from {{ ref('stock_and_flow_indicators') }} as mixed
inner join {{ ref('int_indicators') }} as indicators on indicators.reported_code = mixed.indicator_code
inner join {{ ref('int_periods') }} as periods
    on periods.is_cumulative
        and periods.period_end_date >= coalesce(mixed.valid_from, date '1900-01-01')
        and periods.period_end_date <= coalesce(mixed.valid_to, date '9999-12-31')
