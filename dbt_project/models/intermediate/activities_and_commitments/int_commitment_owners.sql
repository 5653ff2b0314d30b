with

commitments as (

    select
        unit_key,
        item_code,
        responsible_unit_code,
        source_date
    from {{ ref('int_commitments') }}
    where responsible_unit_code is not null

)

select
    commitments.unit_key,
    commitments.item_code,
    {{ named_unit_key('owners') }} as responsible_unit_key
from commitments
{{ join_named_unit('owners', 'commitments.responsible_unit_code', 'commitments.source_date') }}
