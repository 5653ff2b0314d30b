-- One row per part of the unit (provinces, or communes and bodies): how many targets it met and missed in the period.
select
    series.unit_key,
    series.unit_name,
    series.level,
    series.province_code,
    count_if(series.verdict in ('met', 'narrowly_met')) as met_count,
    count_if(series.verdict in ('narrowly_missed', 'missed')) as missed_count,
    string_agg(series.indicator_code, ',' order by series.gap_cases desc nulls last, series.indicator_code)
        filter (where series.verdict in ('narrowly_missed', 'missed')) as missed_codes,
    bool_or(series.is_simulated) as is_simulated
from marts.rpt_indicator_series as series
inner join marts.dim_units as parents on parents.unit_key = series.parent_unit_key
where
    series.lens = 'current_boundaries'
    and parents.series_key = $series_key
    and series.period_code = $period_code
    and series.verdict <> 'no_target'
group by series.unit_key, series.unit_name, series.level, series.province_code
order by missed_count desc, met_count, series.unit_name
