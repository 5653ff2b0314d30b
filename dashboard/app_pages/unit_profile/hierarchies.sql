-- One row per unit directly above the unit, in the state's or the party's hierarchy, and span of days.
select
    parents.hierarchy,
    parents.parent_unit_key as unit_key,
    parents.parent_unit_name as unit_name,
    parents.valid_from,
    parents.valid_to
from marts.dim_unit_parents as parents
inner join marts.dim_units as units on units.unit_key = parents.unit_key
where units.series_key = $series_key
order by parents.hierarchy desc, parents.valid_from desc nulls last
