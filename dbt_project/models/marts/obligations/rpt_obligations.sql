select
    unit_key,
    unit_name,
    form,
    period_code,
    period_type,
    period_end_date,
    level,
    province_code,
    current_province_code,
    due_date,
    submission_id,
    received_at,
    status,
    cast(case
        when status = 'on_time' then 0
        when status = 'late' then {{ days_between('due_date', 'received_date') }}
        when status = 'missing' then {{ days_between('due_date', as_of_date()) }}
    end as bigint) as days_late,
    cast(returned_count as bigint) as returned_count,
    inherited_from_unit_key
from {{ ref('int_obligations') }}
order by
    period_end_date,
    form,
    level,
    province_code,
    unit_key,
    inherited_from_unit_key
