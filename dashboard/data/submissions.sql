-- One row per submission of the unit (all its versions that differ in name alone), the latest first.
select
    submissions.submission_id, submissions.form, submissions.period_code, submissions.revision,
    submissions.received_at, submissions.due_date, submissions.is_on_time, submissions.status,
    submissions.file_name, submissions.row_count, submissions.error_count, submissions.warning_count,
    submissions.is_simulated
from marts.fct_submissions as submissions
inner join marts.dim_units as units on units.unit_key = submissions.unit_key
where units.unit_key = $unit_key or units.series_key = $series_key
order by submissions.received_at desc, submissions.form, submissions.period_code
limit $row_limit
