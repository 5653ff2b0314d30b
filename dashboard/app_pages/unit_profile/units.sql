-- One row per unit version that lies in today's province (or is the country), today's units first.
select
    units.unit_key,
    units.unit_code,
    units.unit_name,
    units.level,
    units.unit_type,
    units.parent_unit_key,
    parents.unit_name as parent_name,
    coalesce(parents.level in ('commune', 'body'), false) as is_part,
    units.series_key,
    units.province_code,
    units.valid_from,
    units.valid_to,
    units.is_current
from marts.dim_units as units
left join marts.dim_units as parents on parents.unit_key = units.parent_unit_key
where units.current_province_code = $province_code or (units.level = 'country' and $province_code = 'VN')
order by units.is_current desc, units.level, units.unit_name, units.valid_to desc nulls first
