with

source as (

    select * from {{ source('earlier', 'restatements') }}

),

renamed as (

    select
        release_id,
        -- Releases of earlier versions listed the figures as reported alone.
        coalesce(lens, 'as_reported') as lens,
        unit_key,
        indicator_code,
        period_code,
        old_value,
        new_value,
        old_numerator,
        new_numerator,
        old_denominator,
        new_denominator,
        submission_id,
        reason
    from source

)

select * from renamed
