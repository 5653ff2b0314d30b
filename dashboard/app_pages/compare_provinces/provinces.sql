-- One row per province with a figure of the indicator in the period, as it was or on today's boundaries; the best first.
select
    series.unit_key, series.unit_name, series.province_code, series.current_province_code as today_code,
    coalesce(series.unit_valid_to < date '2025-07-01', false) as is_before_merger,
    series.unit, series.unit_en, series.is_rate, series.direction, series.is_panel, series.source,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.reporting_units, series.expected_units, series.coverage_ratio, series.coverage_kind,
    series.target_operator, series.target_value, series.verdict, series.is_met, series.target_distance, series.gap_cases,
    series.is_small, series.is_provisional,
    series.previous_value, series.change, series.change_class,
    series.rank_low, series.rank_high, series.ranked_units, series.is_rankable,
    series.is_estimated, series.is_simulated, series.is_target_simulated
from marts.rpt_indicator_series as series
where
    series.lens = $lens
    and series.level = 'province'
    and series.indicator_code = $indicator_code
    and series.period_code = $period_code
    and series.value is not null
order by case when series.direction = 'lower' then -series.value else series.value end desc, series.province_code
