with

source as (

    select * from {{ source('raw', 'hd_rows') }}

),

renamed as (

    select
        submission_id,
        sheet,
        row_number,
        unit_key,
        period_code,
        unit_code,
        activity_code,
        activity_type,
        planned_date,
        activity_date,
        level,
        host_role,
        participants,
        topic_code,
        conclusions,
        subject_unit_code,
        document_no,
        co_hosts,
        note,
        campaign_code
    from source

)

select * from renamed
