with

source as (

    select * from {{ source('base', 'province_totals') }}

),

renamed as (

    select
        unit_key,
        indicator_code,
        period_code,
        numerator,
        denominator,
        counted_value,
        mean_value,
        reporting_units,
        expected_units,
        owing_when_silent,
        report_kinds,
        is_simulated,
        is_estimated
    from source

)

select * from renamed
