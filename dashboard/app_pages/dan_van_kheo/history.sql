-- One row per reported total of models registered (DVK_DK), in the order of time.
select
    series.period_code, series.period_type, series.period_end_date, series.value,
    series.reporting_units, series.expected_units, series.coverage_kind, series.is_estimated, series.is_simulated
from marts.rpt_indicator_series as series
where
    series.lens = 'current_boundaries'
    and series.unit_key = $unit_key
    and series.indicator_code = 'DVK_DK'
    and series.value is not null
order by series.period_end_date, series.period_code
