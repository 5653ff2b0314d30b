-- One registration a model: a later accepted one with the same key, from the unit or its renamed self, replaces it.
with

registrations as (

    select
        registrations.*,
        submissions.received_at,
        submissions.file_sha256,
        submissions.is_simulated,
        units.series_key
    from {{ ref('stg_raw__model_registrations') }} as registrations
    inner join {{ ref('int_submissions') }} as submissions on submissions.submission_id = registrations.submission_id
    inner join {{ ref('int_units') }} as units on units.unit_key = registrations.unit_key

),

latest_first as (

    select
        *,
        row_number() over (
            partition by series_key, model_code order by received_at desc, file_sha256 desc, row_number desc
        ) as age_rank
    from registrations

)

select * from latest_first
where age_rank = 1
