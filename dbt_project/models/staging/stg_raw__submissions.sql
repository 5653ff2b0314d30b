with

source as (

    select * from {{ source('raw', 'submissions') }}

),

renamed as (

    select
        submission_id,
        file_sha256,
        form,
        unit_key,
        period_code,
        status,
        row_count,
        error_count,
        warning_count,
        sheet,
        coalesce(is_part_correction, false) as is_part_correction
    from source

)

select * from renamed
