-- The units in which a record counts: the unit itself and every unit above it, up to the country. As reported that is the version
-- alive on the record's day; a day before the first version or after the last counts in that one, so that no record is
-- lost. On today's boundaries it is the unit of today that took the reporting one over whole; a unit that was split, or a
-- district, has none and counts from the province of today upward.
with

units as (

    select * from {{ ref('int_units') }}

),

ancestors as (

    select * from {{ ref('int_unit_ancestors') }}

),

paths as (

    select * from {{ ref('int_unit_paths_to_current') }}
    where successor_count = 1

),

life_spans as (

    select
        unit_key,
        series_key,
        level,
        case
            when alive_from = min(alive_from) over (partition by series_key) then date '1900-01-01'
            else alive_from
        end as first_date,
        case
            when alive_to = max(alive_to) over (partition by series_key) then date '9999-12-31'
            else alive_to
        end as last_date
    from units

),

as_reported as (

    select
        'as_reported' as lens,
        ancestors.unit_key,
        scopes.unit_key as scope_unit_key,
        scopes.level as scope_level,
        ancestors.unit_key as home_unit_key,
        scopes.first_date,
        scopes.last_date
    from ancestors
    inner join life_spans as scopes on scopes.series_key = ancestors.ancestor_series_key

),

todays_homes as (

    select
        units.unit_key,
        coalesce(whole.to_unit_key, provinces.to_unit_key) as home_unit_key
    from units
    left join paths as whole on whole.from_unit_key = units.unit_key
    left join paths as provinces on provinces.from_unit_key = units.province_unit_key

),

current_boundaries as (

    select
        'current_boundaries' as lens,
        todays_homes.unit_key,
        scopes.unit_key as scope_unit_key,
        scopes.level as scope_level,
        todays_homes.home_unit_key,
        date '1900-01-01' as first_date,
        date '9999-12-31' as last_date
    from todays_homes
    inner join ancestors on ancestors.unit_key = todays_homes.home_unit_key
    inner join units as scopes on scopes.series_key = ancestors.ancestor_series_key and scopes.is_current

)

select * from as_reported
union all
select * from current_boundaries
