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

-- The unit for which a home counts in a period that lies on both sides of a merger.
unit_lines as (

    select
        'as_reported' as lens,
        unit_key,
        period_code,
        member_series_key,
        counted_series_key
    from {{ ref('int_model_unit_lines') }}

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
    case
        when units.level <> 'country' then coalesce(year_lines.counted_series_key, placements.home_series_key)
    end as home_series_key,
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
            then coalesce(phase_lines.counted_series_key, placements.home_series_key)
    end as phase_home_series_key,
    registrations.is_simulated
from registrations
inner join units on units.unit_key = registrations.unit_key
inner join placements
    on placements.unit_key = registrations.unit_key
        and registrations.registered_date between placements.placed_from and placements.placed_to
inner join units as scopes on scopes.unit_key = placements.scope_unit_key
left join phases on phases.period_code = registrations.phase
left join unit_lines as year_lines
    on year_lines.lens = placements.lens
        and year_lines.unit_key = placements.scope_unit_key
        and year_lines.period_code = cast(year(registrations.registered_date) as {{ engine_type('varchar') }})
        and year_lines.member_series_key = placements.home_series_key
left join unit_lines as phase_lines
    on phase_lines.lens = placements.lens
        and phase_lines.unit_key = placements.scope_unit_key
        and phase_lines.period_code = registrations.phase
        and phase_lines.member_series_key = placements.home_series_key
