with

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

single_successors as (

    select
        from_unit_key,
        to_unit_key
    from {{ ref('int_unit_paths_to_current') }}
    where successor_count = 1

)

select
    registrations.model_code,
    registrations.unit_key,
    single_successors.to_unit_key as current_unit_key,
    registrations.model_name,
    registrations.kind,
    registrations.field_code,
    registrations.phase,
    registrations.level,
    registrations.registered_date,
    registrations.holder_code,
    cast(null as varchar) as current_step,
    cast(null as date) as recognised_date,
    cast(null as date) as awarded_date,
    'registered' as status,
    cast({{ days_between('registrations.registered_date', as_of_date()) }} as bigint) as days_in_step,
    true as is_open,
    cast({{ count_that_hold(model_quality_elements()) }} as bigint) as quality_score,
    {{ join_those_that_do_not_hold(model_quality_elements()) }} as missing_elements,
    cast(null as varchar) as similar_model_code,
    cast(null as double) as similarity,
    registrations.is_simulated,
    registrations.submission_id,
    registrations.sheet,
    registrations.row_number
from registrations
left join single_successors on single_successors.from_unit_key = registrations.unit_key
order by registrations.unit_key, registrations.model_code
