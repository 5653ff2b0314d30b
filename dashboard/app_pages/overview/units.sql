-- One row per part of the unit (provinces, or communes and bodies): how many targets it met and missed in the period.
select
    series.unit_key,
    series.unit_name,
    series.level,
    series.province_code,
    count_if(series.is_met) as met_count,
    count_if(not series.is_met) as missed_count,
    string_agg(series.indicator_code, ',' order by series.gap_cases desc nulls last, series.indicator_code)
        filter (where not series.is_met) as missed_codes,
    bool_or(series.is_simulated) as is_simulated
from marts.rpt_indicator_series as series
where
    series.lens = 'current_boundaries'
    and series.parent_series_key = $series_key
    and series.period_code = $period_code
    and series.is_met is not null
    and series.is_leading
group by series.unit_key, series.unit_name, series.level, series.province_code
order by missed_count desc, met_count, series.unit_name
