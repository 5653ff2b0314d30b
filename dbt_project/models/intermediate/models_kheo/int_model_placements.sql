with

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

units as (

    select * from {{ ref('int_units') }}

),

placements as (

    select * from {{ ref('int_unit_placements') }}

),

phases as (

    select * from {{ ref('int_model_periods') }}
    where period_type = 'phase'

)

select
    placements.lens,
    placements.scope_unit_key as unit_key,
    registrations.unit_key as registered_unit_key,
    registrations.model_code,
    registrations.phase,
    registrations.field_code,
    registrations.kind,
    registrations.level as model_level,
    registrations.registered_date,
    registrations.end_date,
    case when units.level <> 'country' then placements.home_series_key end as home_series_key,
    -- A phase is often registered for before it begins; a unit that did not live to see it is not one of its units. A unit
    -- above that lived in other years has no units in the phase: a city of 2026 has none in the phase before.
    case
        when
            units.level <> 'country'
            and units.alive_from <= phases.period_end_date
            and units.alive_to >= phases.period_start_date
            and (
                placements.lens <> 'as_reported'
                or (scopes.alive_from <= phases.period_end_date and scopes.alive_to >= phases.period_start_date)
            )
            then placements.home_series_key
    end as phase_home_series_key,
    registrations.is_simulated
from registrations
inner join units on units.unit_key = registrations.unit_key
inner join placements
    on placements.unit_key = registrations.unit_key
        and registrations.registered_date between placements.placed_from and placements.placed_to
inner join units as scopes on scopes.unit_key = placements.scope_unit_key
left join phases on phases.period_code = registrations.phase
