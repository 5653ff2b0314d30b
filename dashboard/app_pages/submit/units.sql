-- One row per unit of today that may send reports from a province.
select
    units.unit_key,
    units.unit_code,
    units.unit_name,
    units.level,
    units.series_key,
    units.is_current,
    units.valid_to,
    parents.unit_name as parent_name,
    coalesce(parents.level in ('commune', 'body'), false) as is_part
from marts.dim_units as units
left join marts.dim_units as parents on parents.unit_key = units.parent_unit_key
where units.is_current and units.current_province_code = $province_code
order by units.level, units.unit_name
