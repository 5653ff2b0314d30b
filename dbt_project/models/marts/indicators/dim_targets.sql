select
    indicator_code,
    scope_unit_key,
    level,
    operator,
    target_value,
    valid_from,
    valid_to,
    source,
    is_simulated
from {{ ref('int_targets') }}
order by indicator_code, scope_unit_key, level nulls first, alive_from
