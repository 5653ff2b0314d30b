-- One row per unit of today that may send reports from a province.
select
    units.unit_key,
    units.unit_code,
    units.unit_name,
    units.level,
    units.series_key
from marts.dim_units as units
where units.is_current and units.current_province_code = $province_code
order by units.level, units.unit_name
