with

source as (

    select * from {{ source('raw', 'releases') }}

),

renamed as (

    select
        release_id,
        built_at,
        as_of_date,
        code_version,
        file_count,
        submission_count,
        indicator_value_count,
        model_count
    from source

)

select * from renamed
