-- One row per quarter from the first to the last registration of the phase's models, quarters without any included.
with registered as (
    select
        models.kind,
        date_trunc('quarter', models.registered_date) as quarter_start_date
    from marts.fct_model_registrations as models
    inner join marts.dim_units as units on units.unit_key = models.unit_key
    where
        models.phase = $phase
        and models.registered_date is not null
        and ($province_code = 'VN' or units.current_province_code = $province_code)
)

select
    cast(quarters.start_date as date) as quarter_start_date,
    count(*) filter (where registered.kind = 'collective') as collective,
    count(*) filter (where registered.kind = 'individual') as individual,
    count(registered.kind) as model_count
from (select unnest(generate_series(min(quarter_start_date), max(quarter_start_date), interval 3 month)) from registered)
    as quarters (start_date)
left join registered on registered.quarter_start_date = quarters.start_date
group by quarters.start_date
order by quarters.start_date
