with

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

progress as (

    select * from {{ ref('int_model_progress') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

nearest as (

    select * from {{ ref('int_model_similarities') }}
    where similarity_rank = 1

),

-- The step that runs: since it was first reported, or since registration where no step was; up to the day on which the model was
-- recognised, awarded, replicated or stopped, or to today while none of these is known.
timed as (

    select
        registrations.unit_key,
        registrations.model_code,
        coalesce(progress.step_start_date, registrations.registered_date) as step_start_date,
        coalesce(progress.closed_date, {{ as_of_date() }}) as step_end_date
    from registrations
    left join progress
        on progress.unit_key = registrations.unit_key and progress.model_code = registrations.model_code

)

select
    registrations.model_code,
    registrations.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    registrations.model_name,
    registrations.kind,
    registrations.field_code,
    fields.field_name_vi,
    fields.field_name_en,
    registrations.phase,
    registrations.level,
    registrations.registered_for_level,
    results.chosen_level is not null as is_chosen_above,
    registrations.campaign_code,
    registrations.registered_date,
    registrations.due_date,
    registrations.start_date,
    registrations.end_date,
    registrations.holder_code,
    {% for text in [
        'situation', 'objective', 'measure', 'baseline', 'target', 'content', 'area', 'beneficiaries', 'lead_force',
        'partner_forces', 'resources', 'outputs', 'sustainability', 'resolution_no'
    ] -%}
        case when registrations.kind <> 'individual' or results.are_names_hidden then registrations.{{ text }} end
            as {{ text }},
    {% endfor -%}
    results.baseline_value,
    results.target_value,
    results.result_value,
    results.result_date,
    results.result_verdict,
    results.result_not_known_because,
    progress.current_step,
    progress.reached_step_number,
    progress.inspected_date,
    progress.recognised_date,
    progress.awarded_date,
    progress.replicated_date,
    progress.stopped_date,
    coalesce(progress.status, 'registered') as status,
    case
        when timed.step_end_date <= timed.step_start_date then 0
        else cast({{ days_between('timed.step_start_date', 'timed.step_end_date') }} as bigint)
    end as days_in_step,
    progress.closed_date is null as is_open,
    cast({{ count_that_hold(model_quality_elements()) }} as bigint) as quality_score,
    {{ join_those_that_do_not_hold(model_quality_elements()) }} as missing_elements,
    nearest.similar_unit_key,
    similar_units.unit_name as similar_unit_name,
    nearest.similar_model_code,
    nearest.similarity,
    registrations.is_simulated,
    registrations.submission_id,
    registrations.sheet,
    registrations.row_number
from registrations
inner join timed
    on timed.unit_key = registrations.unit_key and timed.model_code = registrations.model_code
inner join {{ ref('int_model_results') }} as results
    on results.unit_key = registrations.unit_key and results.model_code = registrations.model_code
left join progress
    on progress.unit_key = registrations.unit_key and progress.model_code = registrations.model_code
left join nearest
    on nearest.unit_key = registrations.unit_key and nearest.model_code = registrations.model_code
inner join units on units.unit_key = registrations.unit_key
left join units as similar_units on similar_units.unit_key = nearest.similar_unit_key
left join {{ ref('dim_model_fields') }} as fields on fields.field_key = registrations.field_code
order by registrations.unit_key, registrations.model_code
