with

source as (

    select * from {{ source('raw', 'td_rows') }}

),

renamed as (

    select
        submission_id,
        sheet,
        row_number,
        unit_key,
        period_code,
        unit_code,
        model_code,
        event_date,
        event,
        result_value,
        decision_no,
        decision_body,
        award_kind,
        award_level,
        note
    from source

)

select * from renamed
