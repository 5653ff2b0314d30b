with

earlier as (

    select * from {{ ref('stg_raw__releases') }}
    where release_id <> '{{ var("release_id") }}'

),

this_one as (

    select
        '{{ var("release_id") }}' as release_id,
        cast('{{ var("built_at") }}' as timestamp) as built_at,
        {{ as_of_date() }} as as_of_date,
        '{{ var("code_version") }}' as code_version,
        (select count(*) from {{ ref('stg_raw__files') }}) as file_count,
        (select count(*) from {{ ref('int_submissions') }}) as submission_count,
        (select count(*) from {{ ref('int_indicator_values') }}) as indicator_value_count,
        (select count(*) from {{ ref('int_model_registrations') }}) as model_count

)

select * from earlier
union all
select * from this_one
