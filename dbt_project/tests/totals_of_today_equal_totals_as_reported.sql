-- A succession moves cases and neither adds nor loses any: where no share of a split unit went in, the provinces of today
-- together
-- hold what the provinces of the time held. Every row here is an indicator and period for which they do not. Totals may differ by
-- a millionth, or in the thirteenth digit where they are above a million: a double has no more digits to spare.
with

totals as (

    select
        series.lens,
        series.indicator_code,
        series.period_code,
        sum(coalesce(series.numerator, series.value)) as total
    from {{ ref('rpt_indicator_series') }} as series
    inner join {{ ref('dim_indicators') }} as indicators on indicators.indicator_code = series.indicator_code
    where series.level = 'province' and indicators.aggregation = 'sum'
    group by series.lens, series.indicator_code, series.period_code

)

select
    reported.indicator_code,
    reported.period_code,
    reported.total as total_as_reported,
    today.total as total_today
from totals as reported
left join totals as today
    on today.indicator_code = reported.indicator_code
        and today.period_code = reported.period_code
        and today.lens = 'current_boundaries'
where reported.lens = 'as_reported'
    and abs(coalesce(today.total, 0) - reported.total) > 0.000001 * greatest(1, abs(reported.total) / 1000000)
