-- The units that could have registered a model: the unit itself and all below it, the country aside. As reported: units that
-- existed on any day of the period, a renamed unit once. On today's boundaries: the units of today.
with

units as (

    select * from {{ ref('int_units') }}

),

periods as (

    select * from {{ ref('int_model_periods') }}

),

memberships as (

    select
        scopes.unit_key,
        scopes.is_current and members.is_current as is_current,
        members.series_key as member_series_key,
        greatest(scopes.alive_from, members.alive_from) as joint_from,
        least(scopes.alive_to, members.alive_to) as joint_to
    from {{ ref('int_unit_ancestors') }} as ancestors
    inner join units as members on members.unit_key = ancestors.unit_key
    inner join units as scopes
        on scopes.series_key = ancestors.ancestor_series_key
            and scopes.alive_from <= members.alive_to
            and scopes.alive_to >= members.alive_from
    where members.level <> 'country'

),

as_reported as (

    select
        'as_reported' as lens,
        memberships.unit_key,
        periods.period_code,
        count(distinct memberships.member_series_key) as units_total
    from memberships
    inner join periods
        on periods.period_end_date >= memberships.joint_from and periods.period_start_date <= memberships.joint_to
    group by memberships.unit_key, periods.period_code

),

todays_totals as (

    select
        unit_key,
        count(distinct member_series_key) as units_total
    from memberships
    where is_current
    group by unit_key

),

current_boundaries as (

    select
        'current_boundaries' as lens,
        todays_totals.unit_key,
        periods.period_code,
        todays_totals.units_total
    from todays_totals
    cross join periods

),

unchanged_units as (

    select
        'unchanged_units' as lens,
        current_boundaries.unit_key,
        current_boundaries.period_code,
        current_boundaries.units_total
    from current_boundaries
    inner join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = current_boundaries.unit_key

)

select * from as_reported
union all
select * from current_boundaries
union all
select * from unchanged_units
