-- The numbers that stand for a unit, its level and its parent in the lines of figures.
with

units as (

    select * from {{ ref('int_units') }}

),

parents as (

    select distinct
        series_key,
        series_number
    from units

)

select
    units.unit_key,
    units.unit_number,
    units.series_number,
    coalesce(parents.series_number, 0) as parent_series_number,
    case units.level
        when 'country' then 1
        when 'province' then 2
        when 'district' then 3
        when 'commune' then 4
        when 'body' then 5
        when 'village' then 6
    end as level_number
from units
left join parents on parents.series_key = units.parent_series_key
