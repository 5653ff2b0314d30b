-- Follows dated successions from every version to the units of today; shares multiply along the way.
with recursive

units as (

    select * from {{ ref('int_units') }}

),

steps as (

    select successions.*
    from {{ ref('int_unit_successions') }} as successions
    inner join {{ ref('int_map_day') }} as map_days on map_days.map_day >= successions.effective_date

),

paths as (

    select
        unit_key as from_unit_key,
        unit_key as reached_unit_key,
        cast(1 as double) as share
    from units

    union all

    select
        paths.from_unit_key,
        steps.to_unit_key as reached_unit_key,
        paths.share * steps.share as share
    from paths
    inner join steps on steps.from_unit_key = paths.reached_unit_key

),

arrived as (

    select
        paths.from_unit_key,
        paths.reached_unit_key as to_unit_key,
        sum(paths.share) as share
    from paths
    inner join units on units.unit_key = paths.reached_unit_key
    where units.is_current
    group by paths.from_unit_key, paths.reached_unit_key

)

select
    from_unit_key,
    to_unit_key,
    share,
    count(*) over (partition by from_unit_key) as successor_count
from arrived
