-- A figure as reported may contain the reports of the unit itself and of all units below it. On today's boundaries it contains,
-- by shares, the reports in the as-reported figures of its predecessors.
with recursive

epochs as (

    select * from {{ ref('int_unit_epochs') }}

),

-- The country is added up from provinces alone (macro rollup_level): a body of the centre is no part of it.
parents as (

    select * from {{ ref('int_unit_parents') }}
    where parent_level <> 'country' or level = 'province'

),

ways_up as (

    select
        units.unit_key as part_unit_key,
        units.unit_key,
        epochs.epoch_start_date,
        0 as steps_up
    from {{ ref('int_units') }} as units
    inner join epochs on epochs.epoch_start_date between units.alive_from and units.alive_to

    union all

    select
        ways_up.part_unit_key,
        parents.parent_unit_key as unit_key,
        ways_up.epoch_start_date,
        ways_up.steps_up + 1 as steps_up
    from ways_up
    inner join parents
        on parents.unit_key = ways_up.unit_key
            and parents.epoch_start_date = ways_up.epoch_start_date

),

-- The set of units changes between epochs, and a way that lasts over several of them is one row.
as_reported as (

    select
        ways_up.unit_key,
        ways_up.part_unit_key,
        ways_up.steps_up,
        min(epochs.epoch_start_date) as valid_from,
        max(epochs.epoch_end_date) as valid_to
    from ways_up
    inner join epochs on epochs.epoch_start_date = ways_up.epoch_start_date
    group by ways_up.unit_key, ways_up.part_unit_key, ways_up.steps_up

),

current_boundaries as (

    select
        paths.to_unit_key as unit_key,
        as_reported.part_unit_key,
        as_reported.steps_up,
        as_reported.valid_from,
        as_reported.valid_to,
        paths.share
    from as_reported
    inner join {{ ref('int_unit_paths_to_current') }} as paths on paths.from_unit_key = as_reported.unit_key

),

all_lenses as (

    select
        'as_reported' as lens,
        unit_key,
        part_unit_key,
        steps_up,
        valid_from,
        valid_to,
        cast(1 as double) as share
    from as_reported
    union all
    select
        'current_boundaries' as lens,
        unit_key,
        part_unit_key,
        steps_up,
        valid_from,
        valid_to,
        share
    from current_boundaries
    union all
    select
        'unchanged_units' as lens,
        current_boundaries.unit_key,
        current_boundaries.part_unit_key,
        current_boundaries.steps_up,
        current_boundaries.valid_from,
        current_boundaries.valid_to,
        current_boundaries.share
    from current_boundaries
    inner join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = current_boundaries.unit_key

)

select
    all_lenses.lens,
    all_lenses.unit_key,
    units.unit_name,
    all_lenses.part_unit_key,
    part_units.unit_name as part_unit_name,
    cast(all_lenses.steps_up as bigint) as steps_up,
    nullif(all_lenses.valid_from, date '1900-01-01') as valid_from,
    nullif(all_lenses.valid_to, date '9999-12-31') as valid_to,
    all_lenses.share
from all_lenses
inner join {{ ref('int_units') }} as units on units.unit_key = all_lenses.unit_key
inner join {{ ref('int_units') }} as part_units on part_units.unit_key = all_lenses.part_unit_key
order by all_lenses.lens, all_lenses.unit_key, all_lenses.part_unit_key, all_lenses.valid_from
