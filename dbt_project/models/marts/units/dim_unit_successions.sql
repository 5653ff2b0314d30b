select
    from_unit_key,
    to_unit_key,
    effective_date,
    kind,
    share,
    share_source,
    source
from {{ ref('int_unit_successions') }}
order by effective_date, from_unit_key, to_unit_key
