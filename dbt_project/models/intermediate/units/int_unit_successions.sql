with

all_steps as (

    select * from {{ ref('successions') }}
    union all
    select * from {{ ref('body_successions') }}

)

select
    from_unit_key,
    to_unit_key,
    effective_date,
    kind,
    cast(share as double) as share,
    share_source,
    source
from all_steps
