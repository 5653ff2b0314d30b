-- Follows dated successions to the end; shares multiply along each way and add up over the ways that meet again.
with recursive

units as (

    select * from {{ ref('int_units') }}

),

steps as (

    select * from {{ ref('int_unit_successions') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

),

ways as (

    select
        unit_key as from_unit_key,
        unit_key as to_unit_key,
        cast(1 as double) as share
    from units

    union all

    select
        ways.from_unit_key,
        steps.to_unit_key,
        ways.share * steps.share as share
    from ways
    inner join steps on steps.from_unit_key = ways.to_unit_key

),

added_up as (

    select
        from_unit_key,
        to_unit_key,
        sum(share) as share
    from ways
    group by from_unit_key, to_unit_key

)

select
    added_up.from_unit_key,
    epochs.epoch_start_date,
    added_up.to_unit_key,
    added_up.share
from added_up
inner join units on units.unit_key = added_up.to_unit_key
inner join epochs on epochs.epoch_start_date between units.alive_from and units.alive_to
