-- The units in which a record of a unit, dated from placed_from to placed_to, counts, in each of the three lenses. The lens
-- unchanged_units
-- has the units of today that never merged or split. A home is the unit that counts as one that has records; a unit that was
-- split, or a district, has none on today's boundaries.
with

scopes as (

    select * from {{ ref('int_record_scopes') }}

),

units as (

    select * from {{ ref('int_units') }}

),

single_successors as (

    select * from {{ ref('int_single_successors') }}

),

with_home as (

    select
        scopes.lens,
        scopes.unit_key,
        scopes.scope_unit_key,
        case when scopes.lens = 'as_reported' or single_successors.unit_key is not null then homes.series_key end
            as home_series_key,
        scopes.first_date as placed_from,
        scopes.last_date as placed_to
    from scopes
    inner join units as homes on homes.unit_key = scopes.home_unit_key
    left join single_successors on single_successors.unit_key = scopes.unit_key

),

unchanged_units as (

    select
        'unchanged_units' as lens,
        with_home.unit_key,
        with_home.scope_unit_key,
        with_home.home_series_key,
        with_home.placed_from,
        with_home.placed_to
    from with_home
    inner join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = with_home.scope_unit_key
    where with_home.lens = 'current_boundaries'

)

select * from with_home
union all
select * from unchanged_units
