-- One row per indicator, a headline or with a verdict: its last figure in the span of days; a reported and a counted one are one.
select
    series.indicator_code, series.period_code, series.period_end_date,
    series.indicator_name_vi, series.indicator_name_en, series.unit, series.unit_en,
    series.is_rate, series.direction, series.is_panel, series.panel_code, series.sort_order, series.source,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.reporting_units, series.expected_units, series.coverage_ratio, series.coverage_kind,
    series.target_operator, series.target_value, series.verdict, series.is_met, series.target_distance, series.gap_cases,
    series.is_small, series.is_provisional,
    series.previous_value, series.change, series.change_class, series.trend, series.is_estimated,
    series.is_simulated, series.is_target_simulated,
    series.source_kind, series.counterpart_code, series.parts_value, series.is_contradicted, others.value as counterpart_value
from marts.rpt_indicator_series as series
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
left join marts.rpt_indicator_series as others
    on others.lens = series.lens and others.unit_key = series.unit_key and others.period_code = series.period_code
        and others.indicator_code = series.counterpart_code
where
    series.lens = 'current_boundaries' and series.unit_key = $unit_key
    and series.period_end_date between $since_date and $until_date
    and series.value is not null
    and (series.is_leading or others.value is null)
    and (indicators.is_headline or series.is_met is not null)
qualify row_number() over (
    partition by least(series.indicator_code, coalesce(series.counterpart_code, series.indicator_code))
    order by series.period_end_date desc, series.period_code, series.is_leading desc
) = 1
order by series.is_panel, series.sort_order, series.indicator_code
