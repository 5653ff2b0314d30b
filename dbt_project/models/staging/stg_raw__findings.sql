with

source as (

    select * from {{ source('raw', 'findings') }}

),

renamed as (

    select
        submission_id,
        file_sha256,
        finding_number,
        sheet,
        cell,
        column_name,
        severity,
        rule_code,
        message_vi,
        message_en,
        found_value,
        suggested_value,
        row_key
    from source

)

select * from renamed
