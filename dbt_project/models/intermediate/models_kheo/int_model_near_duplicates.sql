-- The question is about the later of the two; on the same day, about the later in the order of units and codes.
with

similarities as (

    select * from {{ ref('int_model_similarities') }}

),

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

units as (

    select * from {{ ref('int_units') }}

)

select
    similarities.unit_key,
    similarities.model_code,
    similarities.similar_unit_key,
    similarities.similar_model_code,
    similarities.similarity,
    units.series_key = similar_units.series_key as is_same_unit,
    coalesce(units.province_unit_key = similar_units.province_unit_key, false) as is_same_province,
    year(registrations.registered_date) = year(similar_registrations.registered_date) as is_same_year,
    cast({{ days_between('similar_registrations.registered_date', 'registrations.registered_date') }} as bigint) as days_apart,
    registrations.is_simulated or similar_registrations.is_simulated as is_simulated
from similarities
inner join registrations
    on registrations.unit_key = similarities.unit_key and registrations.model_code = similarities.model_code
inner join registrations as similar_registrations
    on similar_registrations.unit_key = similarities.similar_unit_key
        and similar_registrations.model_code = similarities.similar_model_code
inner join units on units.unit_key = similarities.unit_key
inner join units as similar_units on similar_units.unit_key = similarities.similar_unit_key
where registrations.registered_date > similar_registrations.registered_date
    or (
        registrations.registered_date = similar_registrations.registered_date
        and (
            similarities.unit_key > similarities.similar_unit_key
            or (
                similarities.unit_key = similarities.similar_unit_key
                and similarities.model_code > similarities.similar_model_code
            )
        )
    )
