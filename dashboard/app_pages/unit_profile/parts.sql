-- One row per division or village of the unit, indicator and period, with the newest of each indicator marked.
select
    series.unit_key, parts.unit_name, series.indicator_code, series.period_code,
    series.indicator_name_vi, series.indicator_name_en, series.unit, series.unit_en,
    series.is_rate, series.numerator, series.denominator, series.value,
    series.verdict, series.is_small, series.is_provisional, series.is_estimated, series.source_kind,
    series.parts_value, series.is_contradicted,
    row_number() over (
        partition by series.series_key, series.indicator_code
        order by series.period_end_date desc, series.period_code desc
    ) = 1 as is_latest
from marts.dim_units as parts
inner join marts.rpt_indicator_series as series on series.unit_key = parts.unit_key
where
    parts.parent_series_key = $series_key
    and parts.is_current
    and series.lens = 'as_reported'
    and series.value is not null
order by series.sort_order, series.indicator_code, parts.unit_name, series.unit_key, series.period_end_date
