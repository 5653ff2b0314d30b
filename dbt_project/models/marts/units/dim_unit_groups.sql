-- Groups within which units are compared: provinces within the country, communes within their province.
with

units as (

    select * from {{ ref('int_units') }}

),

countries as (

    select unit_key as country_unit_key from units
    where level = 'country'

),

units_in_scopes as (

    select
        units.*,
        case when units.level = 'province' then countries.country_unit_key else units.province_unit_key end as scope_unit_key
    from units
    cross join countries

),

group_names as (

    select * from {{ ref('unit_group_names') }}

),

-- The newest population known of a unit, under whichever of its names.
populations_ranked as (

    select
        units.series_key,
        populations.population,
        populations.source,
        row_number() over (partition by units.series_key order by populations.year desc) as newness
    from {{ ref('populations') }} as populations
    inner join units on units.unit_key = populations.unit_key

),

members as (

    select
        unit_key,
        group_type,
        group_code,
        valid_from,
        valid_to,
        source
    from {{ ref('unit_groups') }}
    union all
    select
        units.unit_key,
        group_names.group_type,
        group_names.group_code,
        units.valid_from,
        units.valid_to,
        concat(group_names.source, '; ', populations_ranked.source) as source
    from units
    inner join populations_ranked
        on populations_ranked.series_key = units.series_key
            and populations_ranked.newness = 1
    inner join group_names
        on group_names.population_from <= populations_ranked.population
            and (group_names.population_below is null or group_names.population_below > populations_ranked.population)
    where units.level = 'province'
    union all
    select
        units.unit_key,
        group_names.group_type,
        group_names.group_code,
        units.valid_from,
        units.valid_to,
        units.source
    from units
    inner join group_names on group_names.unit_type = units.unit_type
    where units.level = 'commune'

)

select
    members.unit_key,
    units.unit_name,
    units.level,
    units.scope_unit_key,
    scopes.unit_name as scope_unit_name,
    members.group_type,
    members.group_code,
    group_names.group_name_vi,
    group_names.group_name_en,
    members.valid_from,
    members.valid_to,
    units.is_current
    and coalesce(members.valid_from, date '1900-01-01') <= map_days.map_day
    and coalesce(members.valid_to, date '9999-12-31') >= map_days.map_day as is_current,
    members.source
from members
inner join units_in_scopes as units on units.unit_key = members.unit_key
inner join units as scopes on scopes.unit_key = units.scope_unit_key
inner join group_names
    on group_names.group_type = members.group_type
        and group_names.group_code = members.group_code
cross join {{ ref('int_map_day') }} as map_days
order by members.group_type, members.group_code, members.unit_key, members.valid_from
