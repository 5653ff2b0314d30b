-- The unit that answers for a unit that has ended: its successor, or the principal one where it was split; without any, as the
-- districts of
-- 2025 were, its parent's. Shares say which is the principal one, then the code that went on, then the name.
with recursive

units as (

    select * from {{ ref('int_units') }}

),

successors_ranked as (

    select
        steps.from_unit_key,
        steps.to_unit_key,
        row_number() over (
            partition by steps.from_unit_key
            order by
                steps.share desc,
                case when later.unit_code = earlier.unit_code then 0 else 1 end asc,
                case when later.unit_name = earlier.unit_name then 0 else 1 end asc,
                steps.to_unit_key asc
        ) as successor_rank
    from {{ ref('int_unit_successions') }} as steps
    inner join units as earlier on earlier.unit_key = steps.from_unit_key
    inner join units as later on later.unit_key = steps.to_unit_key

),

next_units as (

    select
        units.unit_key,
        coalesce(successors_ranked.to_unit_key, units.parent_unit_key) as next_unit_key
    from units
    left join successors_ranked
        on successors_ranked.from_unit_key = units.unit_key
            and successors_ranked.successor_rank = 1
    where units.alive_to < date '9999-12-31'

),

lines as (

    select
        unit_key,
        next_unit_key as heir_unit_key
    from next_units

    union all

    select
        lines.unit_key,
        next_units.next_unit_key as heir_unit_key
    from lines
    inner join next_units on next_units.unit_key = lines.heir_unit_key

)

select
    lines.unit_key,
    heirs.unit_key as heir_unit_key,
    heirs.province_unit_key as heir_province_unit_key,
    heirs.alive_from as heir_alive_from,
    heirs.alive_to as heir_alive_to
from lines
inner join units as heirs on heirs.unit_key = lines.heir_unit_key
