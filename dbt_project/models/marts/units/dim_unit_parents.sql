with

units as (

    select * from {{ ref('int_units') }}

),

-- The set of units changes between epochs, and a parent that lasts over several of them is one row.
state_parents as (

    select
        parents.unit_key,
        parents.parent_unit_key,
        min(epochs.epoch_start_date) as valid_from,
        max(epochs.epoch_end_date) as valid_to
    from {{ ref('int_unit_parents') }} as parents
    inner join {{ ref('int_unit_epochs') }} as epochs on epochs.epoch_start_date = parents.epoch_start_date
    group by parents.unit_key, parents.parent_unit_key

),

both_hierarchies as (

    select
        unit_key,
        'state' as hierarchy,
        parent_unit_key,
        valid_from,
        valid_to
    from state_parents
    union all
    select
        part_unit_key as unit_key,
        'party' as hierarchy,
        unit_key as parent_unit_key,
        first_date as valid_from,
        last_date as valid_to
    from {{ ref('int_party_ways') }}
    where steps_up = 1

)

select
    both_hierarchies.unit_key,
    units.unit_name,
    both_hierarchies.hierarchy,
    both_hierarchies.parent_unit_key,
    parents.unit_name as parent_unit_name,
    nullif(both_hierarchies.valid_from, date '1900-01-01') as valid_from,
    nullif(both_hierarchies.valid_to, date '9999-12-31') as valid_to
from both_hierarchies
inner join units on units.unit_key = both_hierarchies.unit_key
inner join units as parents on parents.unit_key = both_hierarchies.parent_unit_key
order by both_hierarchies.hierarchy, both_hierarchies.unit_key, both_hierarchies.valid_from
