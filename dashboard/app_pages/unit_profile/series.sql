-- One row per indicator and period of the unit (all its versions that differ in name alone), in the order of time.
select
    series.indicator_code, series.period_code, series.period_type, series.period_end_date, series.unit_key,
    series.indicator_name_vi, series.indicator_name_en, series.unit, series.unit_en,
    series.is_rate, series.direction, series.frequency, series.is_panel, series.sort_order, series.source,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.reporting_units, series.expected_units, series.coverage_ratio, series.coverage_kind,
    series.target_operator, series.target_value, series.verdict, series.is_met, series.target_distance, series.gap_cases,
    series.is_small, series.is_provisional,
    series.previous_value, series.change, series.change_class, series.trend, series.is_estimated,
    series.is_simulated, series.is_target_simulated,
    indicators.group_name_vi, indicators.group_name_en, indicators.group_order,
    series.source_kind, series.counterpart_code, series.is_leading, series.parts_value, series.is_contradicted,
    row_number() over (
        partition by series.indicator_code order by series.period_end_date desc, series.period_code desc
    ) = 1 as is_latest
from marts.rpt_indicator_series as series
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
where
    series.lens = $lens
    and series.series_key = $series_key
    and series.value is not null
order by series.is_panel, series.sort_order, indicators.group_order, series.indicator_code, series.period_end_date, series.period_code
