select
    submission_id,
    file_sha256,
    finding_number,
    sheet,
    cell,
    column_name,
    severity,
    rule_code,
    message_vi,
    message_en,
    found_value,
    suggested_value,
    row_key
from {{ ref('stg_raw__findings') }}
order by file_sha256, finding_number
