-- Units of today that never merged or split within these records: in every epoch they had one predecessor, whole,
-- alone and of the same level (an island district that became a commune is a new kind of unit).
with

paths as (

    select * from {{ ref('int_unit_paths_to_current') }}

),

units as (

    select * from {{ ref('int_units') }}

),

predecessors_by_epoch as (

    select
        paths.to_unit_key as unit_key,
        epochs.epoch_start_date,
        count(*) as predecessor_count,
        max(paths.successor_count) as successor_count,
        bool_and(units.level = todays_units.level) as is_same_level
    from paths
    inner join units on units.unit_key = paths.from_unit_key
    inner join units as todays_units on todays_units.unit_key = paths.to_unit_key
    inner join {{ ref('int_unit_epochs') }} as epochs
        on epochs.epoch_start_date between units.alive_from and units.alive_to
    group by paths.to_unit_key, epochs.epoch_start_date

)

select unit_key
from predecessors_by_epoch
group by unit_key
having max(predecessor_count) = 1 and max(successor_count) = 1 and bool_and(is_same_level)
