with

units as (

    select * from {{ ref('int_units') }}

),

single_successors as (

    select * from {{ ref('int_single_successors') }}

),

current_provinces as (

    select
        single_successors.unit_key,
        units.unit_code as current_province_code,
        units.unit_name as current_province_name
    from single_successors
    inner join units on units.unit_key = single_successors.current_unit_key
    where units.level = 'province'

)

select
    units.unit_key,
    units.unit_code,
    units.unit_name,
    units.level,
    units.unit_type,
    units.parent_unit_key,
    parents.unit_name as parent_unit_name,
    units.province_code,
    provinces.unit_name as province_name,
    single_successors.current_unit_key,
    current_units.unit_name as current_unit_name,
    current_provinces.current_province_code,
    current_provinces.current_province_name,
    units.series_key,
    units.parent_series_key,
    units.valid_from,
    units.valid_to,
    units.is_current,
    units.source
from units
left join single_successors on single_successors.unit_key = units.unit_key
left join current_provinces on current_provinces.unit_key = units.province_unit_key
left join units as parents on parents.unit_key = units.parent_unit_key
left join units as provinces on provinces.unit_key = units.province_unit_key
left join units as current_units on current_units.unit_key = single_successors.current_unit_key
order by units.level, units.unit_code, units.alive_from
