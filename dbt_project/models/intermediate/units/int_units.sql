with recursive

all_versions as (

    select * from {{ ref('units') }}
    union all
    select * from {{ ref('bodies') }}
    union all
    select * from {{ ref('party_units') }}
    union all
    select * from {{ ref('villages') }}

),

-- A renamed unit goes on as the same one: every version in a chain of renames bears the key of its first.
renames as (

    select
        from_unit_key,
        to_unit_key
    from {{ ref('successions') }}
    where kind = 'renamed'
    union all
    select
        from_unit_key,
        to_unit_key
    from {{ ref('body_successions') }}
    where kind = 'renamed'

),

rename_chains as (

    select
        all_versions.unit_key,
        all_versions.unit_key as series_key
    from all_versions
    left join renames on renames.to_unit_key = all_versions.unit_key
    where renames.to_unit_key is null

    union all

    select
        renames.to_unit_key as unit_key,
        rename_chains.series_key
    from rename_chains
    inner join renames on renames.from_unit_key = rename_chains.unit_key

),

with_series as (

    select
        units.unit_key,
        units.unit_code,
        units.unit_name,
        units.level,
        units.unit_type,
        units.parent_unit_key,
        units.valid_from,
        units.valid_to,
        units.source,
        rename_chains.series_key,
        coalesce(units.valid_from, date '1900-01-01') as alive_from,
        coalesce(units.valid_to, date '9999-12-31') as alive_to,
        coalesce(units.valid_from, date '1900-01-01') <= map_days.map_day
        and coalesce(units.valid_to, date '9999-12-31') >= map_days.map_day as is_current
    from all_versions as units
    inner join rename_chains on rename_chains.unit_key = units.unit_key
    cross join {{ ref('int_map_day') }} as map_days

),

with_province as (

    select
        units.*,
        parents.series_key as parent_series_key,
        case
            when units.level = 'province' then units.unit_key
            when parents.level = 'province' then parents.unit_key
            when grandparents.level = 'province' then grandparents.unit_key
            when great_grandparents.level = 'province' then great_grandparents.unit_key
        end as province_unit_key
    from with_series as units
    left join with_series as parents on parents.unit_key = units.parent_unit_key
    left join with_series as grandparents on grandparents.unit_key = parents.parent_unit_key
    left join with_series as great_grandparents on great_grandparents.unit_key = grandparents.parent_unit_key

),

-- A division lies in a body, a village in a commune: a part of a unit that mostly has none.
parts as (

    select distinct
        children.unit_key,
        parents.series_key as parent_series_key
    from with_series as children
    inner join with_series as parents on parents.unit_key = children.parent_unit_key
    where parents.level in ('commune', 'body')

),

holders as (

    select distinct parent_series_key as series_key from parts

)

select
    with_province.*,
    coalesce(reporting_levels.reporting_level, with_province.level) as reporting_level,
    case
        when parts.unit_key is not null then 'part'
        when holders.series_key is not null then 'holder'
        else with_province.level
    end as rollup_level,
    provinces.unit_code as province_code,
    row_number() over (order by with_province.unit_key) as unit_number,
    dense_rank() over (order by with_province.series_key) as series_number
from with_province
left join with_series as provinces on provinces.unit_key = with_province.province_unit_key
left join {{ ref('reporting_levels') }} as reporting_levels on reporting_levels.unit_type = with_province.unit_type
left join parts on parts.unit_key = with_province.unit_key
left join holders on holders.series_key = with_province.series_key
