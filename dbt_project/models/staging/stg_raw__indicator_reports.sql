with

source as (

    select * from {{ source('raw', 'bc_rows') }}

),

renamed as (

    select
        submission_id,
        indicator_code,
        numerator,
        denominator,
        value,
        is_not_applicable,
        note,
        sheet,
        {{ column_letters('column_number') }} || cast(row_number as varchar) as cell,
        {{ column_letters('denominator_column_number') }} || cast(row_number as varchar) as denominator_cell
    from source

)

select * from renamed
