-- The words of a registration that describe the model, and, apart, the words that only name its place.
with

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

units as (

    select * from {{ ref('int_units') }}

)

select
    row_number() over (order by registrations.unit_key, registrations.model_code) as text_number,
    registrations.unit_key,
    registrations.model_code,
    registrations.registered_date,
    {{ plain_words("concat_ws(' ', " ~ model_text_columns() | join(', ') ~ ")") }} as words,
    {{ plain_words("concat_ws(' ', registrations.area, units.unit_name)") }} as place_words
from registrations
inner join units on units.unit_key = registrations.unit_key
