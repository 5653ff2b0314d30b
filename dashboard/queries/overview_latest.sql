-- One row per indicator without a figure in the period: its last one before, not older than a year.
select
    series.indicator_code, series.period_code, series.period_end_date,
    indicators.indicator_name_vi, indicators.indicator_name_en, indicators.unit, indicators.unit_en,
    indicators.is_rate, indicators.direction, indicators.is_panel, indicators.panel_code, indicators.sort_order,
    indicators.source,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.reporting_units, series.expected_units, series.coverage_ratio,
    series.target_operator, series.target_value, series.verdict, series.gap_cases,
    series.previous_value, series.change, series.trend, series.is_estimated, series.is_simulated, series.is_target_simulated
from marts.rpt_indicator_series as series
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
where
    series.lens = 'current_boundaries'
    and series.unit_key = $unit_key
    and series.period_end_date between $since_date and $until_date
    and series.value is not null
qualify row_number() over (partition by series.indicator_code order by series.period_end_date desc, series.period_code)
    = 1
order by indicators.is_panel, indicators.sort_order, series.indicator_code
