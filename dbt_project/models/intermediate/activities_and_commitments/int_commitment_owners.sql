-- A code names one unit at a time: the unit that had it when the item was raised or, where none had, the unit that has it now.
with

commitments as (

    select
        unit_key,
        item_code,
        responsible_unit_code,
        source_date
    from {{ ref('int_commitments') }}
    where responsible_unit_code is not null

),

units as (

    select
        unit_key,
        unit_code,
        alive_from,
        alive_to,
        is_current
    from {{ ref('int_units') }}

)

select
    commitments.unit_key,
    commitments.item_code,
    coalesce(units_then.unit_key, units_now.unit_key) as responsible_unit_key
from commitments
left join units as units_then
    on units_then.unit_code = commitments.responsible_unit_code
        and commitments.source_date between units_then.alive_from and units_then.alive_to
left join units as units_now
    on units_now.unit_code = commitments.responsible_unit_code and units_now.is_current
