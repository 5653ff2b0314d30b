with

this_build as (

    select * from {{ ref('stg_raw__this_build') }}

),

published as (

    select * from {{ ref('stg_raw__releases') }}

),

earlier as (

    select published.*
    from published
    left join this_build on this_build.release_id = published.release_id
    where this_build.release_id is null

),

this_one as (

    select
        release_id,
        built_at,
        as_of_date,
        code_version,
        (select count(*) from {{ ref('stg_raw__files') }}) as file_count,
        (select count(*) from {{ ref('int_submissions') }}) as submission_count,
        (select count(*) from {{ ref('int_indicator_values') }}) as indicator_value_count,
        (select count(*) from {{ ref('int_model_registrations') }}) as model_count
    from this_build

)

select * from earlier
union all
select * from this_one
