-- One row per province with a figure of the indicator in the period, as it was or on today's boundaries.
select
    series.unit_key, series.unit_name, series.province_code, units.current_province_code as today_code,
    coalesce(units.valid_to < date '2025-07-01', false) as is_before_merger,
    indicators.unit, indicators.unit_en, indicators.is_rate, indicators.direction, indicators.is_panel,
    indicators.source,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.reporting_units, series.expected_units, series.coverage_ratio,
    series.target_operator, series.target_value, series.verdict, series.gap_cases,
    series.previous_value, series.change, series.rank_low, series.rank_high, series.ranked_units,
    series.is_estimated, series.is_simulated, series.is_target_simulated
from marts.rpt_indicator_series as series
inner join marts.dim_units as units on units.unit_key = series.unit_key
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
where
    series.lens = $lens
    and series.level = 'province'
    and series.indicator_code = $indicator_code
    and series.period_code = $period_code
    and series.value is not null
order by series.value desc, series.province_code
