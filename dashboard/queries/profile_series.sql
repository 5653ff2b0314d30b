-- One row per indicator and period of the unit (all its versions that differ in name alone), in the order of time.
select
    series.indicator_code, series.period_code, series.period_type, series.period_end_date, series.unit_key,
    indicators.indicator_name_vi, indicators.indicator_name_en, indicators.unit, indicators.unit_en,
    indicators.is_rate, indicators.direction, indicators.frequency, indicators.is_panel, indicators.sort_order,
    indicators.source,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.reporting_units, series.expected_units, series.coverage_ratio,
    series.target_operator, series.target_value, series.verdict, series.gap_cases,
    series.previous_value, series.change, series.trend, series.is_estimated, series.is_simulated, series.is_target_simulated
from marts.rpt_indicator_series as series
inner join marts.dim_units as units on units.unit_key = series.unit_key
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
where
    series.lens = $lens
    and (units.unit_key = $unit_key or units.series_key = $series_key)
    and series.value is not null
order by indicators.is_panel, indicators.sort_order, series.indicator_code, series.period_end_date, series.period_code
