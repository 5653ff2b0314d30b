with

source as (

    select * from {{ source('base', 'province_parts') }}

),

renamed as (

    select
        lens_number,
        unit_key,
        indicator_code,
        period_code,
        numerator,
        denominator,
        counted_value
    from source

)

select * from renamed
