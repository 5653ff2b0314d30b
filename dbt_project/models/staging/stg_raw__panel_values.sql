with

source as (

    select * from {{ source('raw', 'panel_rows') }}

),

renamed as (

    select
        submission_id,
        panel_code,
        unit_key,
        period_code,
        indicator_code,
        value,
        sheet,
        cell
    from source

)

select * from renamed
