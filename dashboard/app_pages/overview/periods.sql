-- One row per period for which units reported figures of the unit, the latest first.
select
    series.period_code,
    series.period_type,
    series.period_end_date,
    count(*) as indicator_count,
    avg(series.coverage_ratio) as coverage_ratio
from marts.rpt_indicator_series as series
where
    series.lens = 'current_boundaries'
    and series.unit_key = $unit_key
    and series.value is not null
    and series.source_kind <> 'recorded'
group by series.period_code, series.period_type, series.period_end_date
order by series.period_end_date desc, indicator_count desc
