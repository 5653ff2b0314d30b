with

source as (

    select * from {{ source('raw', 'tx_rows') }}

),

renamed as (

    select
        submission_id,
        sheet,
        row_number,
        unit_key,
        period_code,
        unit_code,
        division,
        rated_count,
        outstanding_count,
        good_count,
        completed_count,
        not_completed_count,
        rewarded_count,
        disciplined_count
    from source

)

select * from renamed
