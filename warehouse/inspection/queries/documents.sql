-- Documents of the months; the words of the topic are looked for in their titles afterwards.
select
    documents.document_no, documents.unit_key, documents.unit_name, documents.document_date, documents.issuing_body,
    documents.title, documents.received_date, documents.disseminated_date, documents.organisations_total,
    documents.organisations_done, documents.participants, submissions.file_name, submissions.file_sha256,
    documents.sheet, documents.row_number, documents.submission_id, documents.is_simulated
from marts.fct_documents as documents
left join marts.fct_submissions as submissions on submissions.submission_id = documents.submission_id
where
    list_contains(cast($unit_keys as varchar[]), documents.unit_key)
    and coalesce(documents.document_date, documents.received_date) between $first_day and $last_day
order by coalesce(documents.document_date, documents.received_date), documents.unit_key, documents.document_no
