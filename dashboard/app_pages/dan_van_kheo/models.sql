-- One row per model registered in the phase in today's province, or in the country.
select
    models.model_code, models.model_name, units.unit_name, units.unit_key,
    units.current_province_code as province_code,
    models.kind, models.field_code, models.level, models.registered_date, models.status, models.current_step,
    models.days_in_step, models.is_open, models.quality_score, models.missing_elements, models.similar_model_code,
    models.is_simulated
from marts.fct_model_registrations as models
inner join marts.dim_units as units on units.unit_key = models.unit_key
where
    models.phase = $phase
    and ($province_code = 'VN' or units.current_province_code = $province_code)
order by models.registered_date desc, models.model_code
limit $row_limit
