-- The reports that anything in the pack comes from.
select
    submissions.submission_id, submissions.form, submissions.unit_key, submissions.unit_name, submissions.period_code,
    submissions.period_end_date, submissions.revision, submissions.received_at, submissions.due_date, submissions.is_on_time,
    submissions.status, submissions.error_count, submissions.warning_count, submissions.file_name, submissions.file_sha256,
    submissions.is_simulated
from marts.fct_submissions as submissions
where list_contains(cast($submission_ids as varchar[]), submissions.submission_id)
order by submissions.received_at, submissions.file_sha256, submissions.submission_id
