-- The figures of the unit itself, in the units of the time and on today's boundaries.
select
    series.lens, series.unit_key, series.unit_name, series.indicator_code, series.indicator_name_vi, series.indicator_name_en,
    series.unit, series.source_kind, series.period_code, series.period_end_date,
    series.numerator, series.denominator, series.value, series.value_low, series.value_high,
    series.target_operator, series.target_value, series.verdict,
    series.reporting_units, series.expected_units, series.coverage_ratio,
    series.parts_value, series.is_contradicted, series.is_estimated, series.is_simulated
from marts.rpt_indicator_series as series
where
    series.lens in ('as_reported', 'current_boundaries')
    and series.value is not null
    and list_contains(cast($own_keys as varchar[]), series.unit_key)
    and list_contains(cast($indicators as varchar[]), coalesce(
        case when series.source_kind = 'recorded' then series.counterpart_code end, series.indicator_code
    ))
    and series.period_end_date between $first_day and $last_day
order by series.indicator_code, series.lens, series.period_end_date, series.period_code, series.unit_key
