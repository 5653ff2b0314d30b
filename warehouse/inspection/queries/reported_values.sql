-- Each value that the unit or one below it reported, all revisions, down to file, sheet and cell.
select
    reported.unit_key, units.unit_name, units.level, reported.indicator_code, indicators.indicator_name_vi,
    reported.period_code, periods.period_end_date, reported.revision, reported.numerator, reported.denominator, reported.value,
    reported.is_not_applicable, reported.known_from, reported.known_to, reported.sheet, reported.cell, reported.denominator_cell,
    submissions.file_name, submissions.file_sha256, reported.submission_id, reported.is_simulated
from marts.fct_indicator_values as reported
inner join marts.dim_units as units on units.unit_key = reported.unit_key
inner join marts.dim_indicators as indicators on indicators.indicator_code = reported.indicator_code
inner join marts.dim_periods as periods on periods.period_code = reported.period_code
left join marts.fct_submissions as submissions on submissions.submission_id = reported.submission_id
where
    list_contains(cast($unit_keys as varchar[]), reported.unit_key)
    and list_contains(cast($indicators as varchar[]), reported.indicator_code)
    and periods.period_end_date between $first_day and $last_day
order by reported.indicator_code, periods.period_end_date, reported.period_code, reported.unit_key, reported.revision
