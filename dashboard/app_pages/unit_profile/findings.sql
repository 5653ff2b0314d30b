-- One row per finding in one submission.
select
    findings.sheet,
    findings.cell,
    findings.column_name,
    findings.severity,
    findings.message_vi,
    findings.message_en,
    findings.found_value,
    findings.suggested_value
from marts.fct_submission_findings as findings
where findings.submission_id = $submission_id
order by findings.severity, findings.sheet, findings.cell
limit $row_limit
