select
    submission_id,
    form,
    unit_key,
    period_code,
    revision,
    received_at,
    cast(null as date) as due_date,
    cast(null as boolean) as is_on_time,
    status,
    file_name,
    file_sha256,
    row_count,
    error_count,
    warning_count,
    is_simulated
from {{ ref('int_submissions') }}
order by received_at, file_sha256, form, unit_key, period_code
