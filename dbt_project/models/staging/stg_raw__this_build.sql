with

source as (

    select * from {{ source('raw', 'this_build') }}

),

renamed as (

    select
        release_id,
        built_at,
        as_of_date,
        code_version
    from source

)

select * from renamed
