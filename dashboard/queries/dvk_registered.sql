-- One row per quarter of registration and kind: the models of the phase registered in it.
select
    date_trunc('quarter', models.registered_date) as quarter_start_date,
    models.kind,
    count(*) as model_count
from marts.fct_model_registrations as models
inner join marts.dim_units as units on units.unit_key = models.unit_key
where
    models.phase = $phase
    and models.registered_date is not null
    and ($province_code = 'VN' or units.current_province_code = $province_code)
group by quarter_start_date, models.kind
order by quarter_start_date, models.kind
