-- One row per element of a concrete registration that models of the phase lack: how many lack it.
select
    missing.element_code,
    count(*) as model_count
from marts.fct_model_registrations as models
inner join marts.dim_units as units on units.unit_key = models.unit_key
cross join unnest(string_split(models.missing_elements, ',')) as missing (element_code)
where
    models.phase = $phase
    and ($province_code = 'VN' or units.current_province_code = $province_code)
group by missing.element_code
order by model_count desc, missing.element_code
