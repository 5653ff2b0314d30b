with

source as (

    select * from {{ source('raw', 'bc_rows') }}

),

renamed as (

    select
        submission_id,
        unit_key,
        period_code,
        indicator_code,
        numerator,
        denominator,
        value,
        is_not_applicable,
        note,
        sheet,
        cell
    from source

)

select * from renamed
