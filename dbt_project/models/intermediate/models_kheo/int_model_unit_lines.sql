-- The units that could have registered a model, as reported: the unit itself and all below it, the country aside, that existed
-- on any day of the period. A unit that came out of others in the meantime is no unit more: it counts as the first of those
-- that were there when the period began. A renamed unit is the same one.
with

units as (

    select * from {{ ref('int_units') }}

),

memberships as (

    select
        scopes.unit_key,
        scopes.alive_from as scope_alive_from,
        members.unit_key as member_unit_key,
        members.series_key as member_series_key,
        members.alive_from as member_alive_from,
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

in_period as (

    select
        memberships.unit_key,
        periods.period_code,
        memberships.member_unit_key,
        memberships.member_series_key,
        memberships.member_alive_from <= greatest(periods.period_start_date, memberships.scope_alive_from) as is_there_first
    from memberships
    inner join {{ ref('int_model_periods') }} as periods
        on periods.period_end_date >= memberships.joint_from and periods.period_start_date <= memberships.joint_to

),

descents as (

    select distinct
        from_unit_key,
        to_unit_key
    from {{ ref('int_unit_descents') }}
    where from_unit_key <> to_unit_key

),

came_out_of as (

    -- `distinct` keeps this join before the next one: the other order pairs every two units of a province, which takes minutes.
    select distinct
        later.unit_key,
        later.period_code,
        later.member_series_key,
        descents.from_unit_key
    from in_period as later
    inner join descents on descents.to_unit_key = later.member_unit_key
    where not later.is_there_first

),

forerunners as (

    select
        came_out_of.unit_key,
        came_out_of.period_code,
        came_out_of.member_series_key,
        min(earlier.member_series_key) as counted_series_key
    from came_out_of
    inner join in_period as earlier
        on earlier.unit_key = came_out_of.unit_key
            and earlier.period_code = came_out_of.period_code
            and earlier.member_unit_key = came_out_of.from_unit_key
            and earlier.is_there_first
    group by came_out_of.unit_key, came_out_of.period_code, came_out_of.member_series_key

),

members as (

    select distinct
        unit_key,
        period_code,
        member_series_key
    from in_period

)

select
    members.unit_key,
    members.period_code,
    members.member_series_key,
    coalesce(forerunners.counted_series_key, members.member_series_key) as counted_series_key
from members
left join forerunners
    on forerunners.unit_key = members.unit_key
        and forerunners.period_code = members.period_code
        and forerunners.member_series_key = members.member_series_key
