with

registrations as (

    select
        unit_key,
        model_code,
        phase,
        field_code,
        kind,
        registered_date,
        status,
        reached_step_number,
        inspected_date,
        recognised_date,
        awarded_date,
        replicated_date,
        is_simulated
    from {{ ref('fct_model_registrations') }}

),

units as (

    select * from {{ ref('int_units') }}

),

ancestors as (

    select * from {{ ref('int_unit_ancestors') }}

),

paths as (

    select * from {{ ref('int_unit_paths_to_current') }}

),

-- As reported: the unit that registered and every unit above it, in the version alive on the day of registration.
placed_as_reported as (

    select
        'as_reported' as lens,
        scopes.unit_key,
        registrations.unit_key as registering_unit_key,
        registrations.phase,
        registrations.field_code,
        registrations.kind,
        registrations.status,
        registrations.reached_step_number,
        registrations.inspected_date,
        registrations.recognised_date,
        registrations.awarded_date,
        registrations.replicated_date,
        registrations.is_simulated
    from registrations
    inner join ancestors on ancestors.unit_key = registrations.unit_key
    inner join units as scopes
        on scopes.series_key = ancestors.ancestor_series_key
            and registrations.registered_date between scopes.alive_from and scopes.alive_to

),

-- On today's boundaries: the unit of today that took the registering one over whole, and every unit above it. A unit that was
-- split or a district has none: its models count from the province upward.
todays_homes as (

    select
        units.unit_key,
        coalesce(whole.to_unit_key, provinces.to_unit_key) as home_unit_key
    from units
    left join paths as whole on whole.from_unit_key = units.unit_key and whole.successor_count = 1
    left join paths as provinces on provinces.from_unit_key = units.province_unit_key and provinces.successor_count = 1

),

placed_today as (

    select
        'current_boundaries' as lens,
        scopes.unit_key,
        todays_homes.home_unit_key as registering_unit_key,
        registrations.phase,
        registrations.field_code,
        registrations.kind,
        registrations.status,
        registrations.reached_step_number,
        registrations.inspected_date,
        registrations.recognised_date,
        registrations.awarded_date,
        registrations.replicated_date,
        registrations.is_simulated
    from registrations
    inner join todays_homes on todays_homes.unit_key = registrations.unit_key
    inner join ancestors on ancestors.unit_key = todays_homes.home_unit_key
    inner join units as scopes on scopes.series_key = ancestors.ancestor_series_key and scopes.is_current

),

placed as (

    select * from placed_as_reported
    union all
    select * from placed_today

),

-- Every unit below a scope that could have registered: communes and bodies, and the unit itself.
units_below as (

    select
        scopes.unit_key,
        count(*) as units_total
    from units as scopes
    inner join ancestors on ancestors.ancestor_series_key = scopes.series_key
    inner join units as members
        on members.unit_key = ancestors.unit_key
            and members.alive_from <= scopes.alive_to and members.alive_to >= scopes.alive_to
    where members.level in ('commune', 'body') or members.unit_key = scopes.unit_key
    group by scopes.unit_key

),

counted as (

    select
        lens,
        unit_key,
        phase,
        field_code,
        kind,
        count(*) as registered_count,
        {% for number in range(1, 6) -%}
            count(case when reached_step_number >= {{ number }} then 1 end) as step_{{ number }}_count,
        {% endfor -%}
        count(inspected_date) as inspected_count,
        count(recognised_date) as recognised_count,
        count(awarded_date) as awarded_count,
        count(replicated_date) as replicated_count,
        count(distinct registering_unit_key) as units_with_models,
        bool_or(is_simulated) as is_simulated
    from placed
    group by lens, unit_key, phase, field_code, kind

),

-- Where not one model of a unit and phase has an event, its progress was not reported: not known, and not zero.
with_progress as (

    select distinct
        lens,
        unit_key,
        phase
    from placed
    where status <> 'registered'

)

select
    counted.lens,
    units.level,
    counted.unit_key,
    units.unit_name,
    units.province_code,
    counted.phase,
    counted.field_code,
    counted.kind,
    counted.registered_count,
    {% for column in ['step_1', 'step_2', 'step_3', 'step_4', 'step_5', 'inspected', 'recognised', 'awarded', 'replicated'] -%}
        case when with_progress.unit_key is not null then counted.{{ column }}_count end as {{ column }}_count,
    {% endfor -%}
    counted.units_with_models,
    units_below.units_total,
    counted.is_simulated
from counted
inner join units on units.unit_key = counted.unit_key
left join with_progress
    on with_progress.lens = counted.lens
        and with_progress.unit_key = counted.unit_key
        and with_progress.phase = counted.phase
left join units_below on units_below.unit_key = counted.unit_key
order by counted.lens, units.level, counted.unit_key, counted.phase, counted.field_code, counted.kind
