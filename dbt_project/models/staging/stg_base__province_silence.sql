with

source as (

    select * from {{ source('base', 'province_silence') }}

),

renamed as (

    select
        unit_key,
        indicator_code,
        period_code,
        silent_units,
        silent_denominator
    from source

)

select * from renamed
