with

source as (

    select * from {{ source('raw', 'vb_rows') }}

),

renamed as (

    select
        submission_id,
        sheet,
        row_number,
        unit_key,
        period_code,
        unit_code,
        document_no,
        document_date,
        issuing_body,
        title,
        received_date,
        disseminated_date,
        organisations_total,
        organisations_done,
        participants,
        document_kind,
        document_origin,
        parent_document_no,
        owner_unit_code,
        task_count,
        tasks_done,
        due_date
    from source

)

select * from renamed
