with

source as (

    select * from {{ source('earlier', 'figures') }}

),

renamed as (

    select
        unit_key,
        indicator_code,
        period_code,
        numerator,
        denominator,
        value
    from source

)

select * from renamed
