-- Weaknesses, petitions and conclusions of the months; category and words of the topic choose among them afterwards.
select
    items.item_code, items.unit_key, items.unit_name, items.source_type, items.source_date, items.category, items.statement,
    items.cause, items.remedy, items.responsible_unit_code, items.due_date, items.status, items.closed_date, items.is_overdue,
    submissions.file_name, submissions.file_sha256, items.sheet, items.row_number, items.submission_id, items.is_simulated
from marts.fct_commitments as items
left join marts.fct_submissions as submissions on submissions.submission_id = items.submission_id
where
    list_contains(cast($unit_keys as varchar[]), items.unit_key)
    and items.source_date between $first_day and $last_day
order by items.source_date, items.unit_key, items.item_code
