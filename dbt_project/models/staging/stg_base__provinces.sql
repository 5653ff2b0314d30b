with

source as (

    select * from {{ source('base', 'provinces') }}

),

renamed as (

    select unit_key
    from source

)

select * from renamed
