-- Units of one level below the same scopes share their targets, so these are looked up once a group of units and not once a figure.
with

scopes as (

    select distinct scope_series_key
    from {{ ref('int_targets') }}

),

scopes_by_distance as (

    select
        ancestors.unit_key,
        max(case when ancestors.distance = 0 then scopes.scope_series_key end) as scope_at_0,
        max(case when ancestors.distance = 1 then scopes.scope_series_key end) as scope_at_1,
        max(case when ancestors.distance = 2 then scopes.scope_series_key end) as scope_at_2,
        max(case when ancestors.distance = 3 then scopes.scope_series_key end) as scope_at_3
    from {{ ref('int_unit_ancestors') }} as ancestors
    inner join scopes on scopes.scope_series_key = ancestors.ancestor_series_key
    group by ancestors.unit_key

)

select
    scopes_by_distance.*,
    units.unit_number,
    units.level,
    dense_rank() over (
        order by
            units.level,
            scopes_by_distance.scope_at_0 nulls first,
            scopes_by_distance.scope_at_1 nulls first,
            scopes_by_distance.scope_at_2 nulls first,
            scopes_by_distance.scope_at_3 nulls first
    ) as scope_number
from scopes_by_distance
inner join {{ ref('int_units') }} as units on units.unit_key = scopes_by_distance.unit_key
