-- A committee or cell of the party itself, the committee above it, and so on up to the provincial committee, with the days on
-- which each way up holds.
with recursive

units as (

    select * from {{ ref('int_units') }}

),

edges as (

    select
        parents.unit_key,
        parents.parent_unit_key,
        greatest(coalesce(parents.valid_from, date '1900-01-01'), children.alive_from, above.alive_from) as first_date,
        least(coalesce(parents.valid_to, date '9999-12-31'), children.alive_to, above.alive_to) as last_date
    from {{ ref('party_parents') }} as parents
    inner join units as children on children.unit_key = parents.unit_key
    inner join units as above on above.unit_key = parents.parent_unit_key

),

members as (

    select unit_key from edges
    union distinct
    select parent_unit_key as unit_key from edges

),

ways as (

    select
        units.unit_key as part_unit_key,
        units.unit_key,
        0 as steps_up,
        units.alive_from as first_date,
        units.alive_to as last_date
    from members
    inner join units on units.unit_key = members.unit_key

    union all

    select
        ways.part_unit_key,
        edges.parent_unit_key as unit_key,
        ways.steps_up + 1 as steps_up,
        greatest(ways.first_date, edges.first_date) as first_date,
        least(ways.last_date, edges.last_date) as last_date
    from ways
    inner join edges
        on edges.unit_key = ways.unit_key
            and edges.first_date <= ways.last_date
            and edges.last_date >= ways.first_date

)

select * from ways
