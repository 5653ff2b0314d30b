select
    steps.from_unit_key,
    from_units.unit_name as from_unit_name,
    steps.to_unit_key,
    to_units.unit_name as to_unit_name,
    steps.effective_date,
    steps.kind,
    steps.share,
    steps.share_source,
    steps.source
from {{ ref('int_unit_successions') }} as steps
inner join {{ ref('int_units') }} as from_units on from_units.unit_key = steps.from_unit_key
inner join {{ ref('int_units') }} as to_units on to_units.unit_key = steps.to_unit_key
order by steps.effective_date, steps.from_unit_key, steps.to_unit_key
