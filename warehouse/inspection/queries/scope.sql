-- The unit with the units that became it (is_own), and all that ever lay below any of them.
with recursive own as (
    select units.unit_key, units.series_key, true as is_own
    from marts.dim_units as units
    inner join marts.dim_units as chosen on chosen.unit_key = $unit_key
    where units.series_key = chosen.series_key or units.current_unit_key = chosen.unit_key
),

family as (
    select * from own
    union
    select children.unit_key, children.series_key, false as is_own
    from marts.dim_units as children
    inner join family on family.series_key = children.parent_series_key
)

select unit_key, bool_or(is_own) as is_own
from family
group by unit_key
order by unit_key
