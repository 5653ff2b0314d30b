-- The days on which a unit of today was merged or split, or one of its predecessors was. A rename is no such day, nor is one on
-- which a unit went on alone and whole under a new code.
with

steps as (

    select
        *,
        count(*) over (partition by to_unit_key) as predecessor_count,
        count(*) over (partition by from_unit_key) as successor_count
    from {{ ref('int_unit_successions') }}

),

paths as (

    select * from {{ ref('int_unit_paths_to_current') }}

)

select distinct
    paths.to_unit_key as unit_key,
    steps.effective_date as change_date
from steps
inner join paths on paths.from_unit_key = steps.to_unit_key
where steps.predecessor_count > 1 or steps.successor_count > 1
