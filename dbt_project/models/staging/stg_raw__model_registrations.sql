with

source as (

    select * from {{ source('raw', 'dk_rows') }}

),

renamed as (

    select
        submission_id,
        sheet,
        row_number,
        unit_key,
        period_code,
        model_code,
        model_name,
        kind,
        field_code,
        phase,
        level,
        registered_date,
        holder_name as holder_code,
        situation,
        objective,
        measure,
        baseline,
        target,
        due_date,
        content,
        area,
        beneficiaries,
        lead_force,
        partner_forces,
        resources,
        start_date,
        end_date,
        outputs,
        sustainability,
        resolution_no,
        registered_for_level,
        campaign_code
    from source

)

select * from renamed
