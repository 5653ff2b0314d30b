with

source as (

    select * from {{ source('earlier', 'submissions') }}

),

renamed as (

    select submission_id
    from source

)

select * from renamed
