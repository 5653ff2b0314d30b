select
    from_unit_key as unit_key,
    to_unit_key as current_unit_key
from {{ ref('int_unit_paths_to_current') }}
where successor_count = 1
