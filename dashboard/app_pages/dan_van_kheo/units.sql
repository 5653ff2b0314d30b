-- One row per part of the unit that lives today: the models registered in it in the phase, 0 when none.
select
    units.unit_key,
    units.unit_name,
    units.level,
    coalesce(units.current_province_code, units.province_code) as province_code,
    cast(coalesce(sum(funnel.registered_count), 0) as bigint) as model_count
from marts.dim_units as units
left join marts.rpt_model_funnel as funnel
    on funnel.unit_key = units.unit_key and funnel.lens = 'current_boundaries' and funnel.phase = $phase
where units.is_current and units.parent_series_key = $series_key
group by units.unit_key, units.unit_name, units.level, units.current_province_code, units.province_code
order by model_count desc, units.unit_name
