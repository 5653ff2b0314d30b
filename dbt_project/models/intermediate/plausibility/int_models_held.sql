-- How many models a unit held at the end of a period for which it reported their number, by the registrations that it made or
-- took over.
with

figures as (

    select * from {{ ref('int_figures_to_compare') }}
    where indicator_code in ('DVK_DK', 'DVK_DK_TT', 'DVK_DK_CN') and level in ('commune', 'body')

),

-- The holder of a model is certain for a unit of today without predecessors, or whose predecessors all went into it whole.
unplaceable_units as (

    select to_unit_key as unit_key from {{ ref('int_unit_paths_to_current') }}
    where successor_count > 1
    union
    select steps.to_unit_key as unit_key
    from {{ ref('int_unit_successions') }} as steps
    inner join {{ ref('int_units') }} as units on units.unit_key = steps.to_unit_key
    where not units.is_current

),

models as (

    select
        registrations.unit_key as holder_unit_key,
        registrations.unit_key,
        registrations.model_code,
        registrations.kind,
        registrations.phase,
        registrations.registered_date,
        registrations.end_date
    from {{ ref('int_model_registrations') }} as registrations
    union
    select
        successors.current_unit_key as holder_unit_key,
        registrations.unit_key,
        registrations.model_code,
        registrations.kind,
        registrations.phase,
        registrations.registered_date,
        registrations.end_date
    from {{ ref('int_model_registrations') }} as registrations
    inner join {{ ref('int_single_successors') }} as successors on successors.unit_key = registrations.unit_key

)

select
    figures.unit_key,
    figures.indicator_code,
    figures.period_code,
    count(*) as record_count,
    sum(case
        when figures.indicator_code = 'DVK_DK_TT' and models.kind <> 'collective' then 0
        when figures.indicator_code = 'DVK_DK_CN' and models.kind <> 'individual' then 0
        when figures.period_type = 'phase' then case when models.phase = figures.period_code then 1 else 0 end
        when models.end_date < figures.period_end_date then 0
        else 1
    end) as model_count
from figures
inner join models
    on models.holder_unit_key = figures.unit_key and models.registered_date <= figures.period_end_date
left join unplaceable_units on unplaceable_units.unit_key = figures.unit_key
where unplaceable_units.unit_key is null
group by figures.unit_key, figures.indicator_code, figures.period_code
