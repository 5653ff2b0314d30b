-- One row per submission behind a figure: the file it came in.
select
    submissions.submission_id,
    submissions.file_name,
    submissions.received_at,
    submissions.status,
    submissions.is_simulated
from marts.fct_submissions as submissions
where submissions.submission_id in (select unnest(string_split($submission_ids, ',')))
