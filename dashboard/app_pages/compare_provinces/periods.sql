-- One row per period for which provinces have a figure of the indicator, in the order of time.
select
    series.period_code,
    series.period_type,
    series.period_end_date,
    count(*) as province_count
from marts.rpt_indicator_series as series
where
    series.lens = $lens
    and series.level = 'province'
    and series.indicator_code = $indicator_code
    and series.value is not null
group by series.period_code, series.period_type, series.period_end_date
order by series.period_end_date, series.period_code
