with

source as (

    select * from {{ source('raw', 'kn_rows') }}

),

renamed as (

    select
        submission_id,
        sheet,
        row_number,
        unit_key,
        period_code,
        unit_code,
        item_code,
        source_type,
        source_date,
        category,
        statement,
        cause,
        remedy,
        responsible_unit_code,
        due_date,
        status,
        closed_date,
        activity_code
    from source

)

select * from renamed
