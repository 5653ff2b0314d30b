-- One row per unit a leader may start from: the country and today's provinces, with what was reported lately.
select
    units.unit_key,
    units.unit_code,
    units.unit_name,
    units.level,
    units.series_key,
    count(distinct series.indicator_code) as indicator_count,
    avg(series.coverage_ratio) as coverage_ratio
from marts.dim_units as units
left join marts.rpt_indicator_series as series
    on
        series.unit_key = units.unit_key
        and series.lens = 'current_boundaries'
        and series.value is not null
        and series.source_kind <> 'recorded'
        and series.period_end_date between $since_date and $until_date
where units.is_current and units.level in ('country', 'province')
group by units.unit_key, units.unit_code, units.unit_name, units.level, units.series_key
order by units.level, units.unit_code
