with

source as (

    select * from {{ source('earlier', 'figures') }}

),

renamed as (

    select
        lens,
        unit_key,
        indicator_code,
        period_code,
        numerator,
        denominator,
        value
    from source

)

select * from renamed
