select
    field_code,
    field_name_vi,
    field_name_en,
    scope_unit_key,
    valid_from,
    valid_to,
    sort_order,
    source
from {{ ref('fields') }}
order by sort_order, field_code
