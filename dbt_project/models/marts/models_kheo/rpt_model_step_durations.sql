{% set group_columns = ['lens', 'unit_key', 'phase', 'field_code', 'step_code'] -%}
with

placements as (

    select * from {{ ref('int_model_placements') }}

),

step_times as (

    select * from {{ ref('int_model_step_times') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

placed_spells as (

    select
        placements.lens,
        placements.unit_key,
        placements.phase,
        placements.field_code,
        placements.is_simulated,
        step_times.step_code,
        step_times.step_number,
        step_times.days_in_step,
        step_times.outcome,
        step_times.outcome = 'finished' as is_finished
    from step_times
    inner join placements
        on placements.registered_unit_key = step_times.unit_key and placements.model_code = step_times.model_code

),

-- The median of all fields does not follow from the medians of single fields, so it has a row of its own, without a field.
spells as (

    select * from placed_spells
    union all
    select
        lens,
        unit_key,
        phase,
        cast(null as {{ engine_type('varchar') }}) as field_code,
        is_simulated,
        step_code,
        step_number,
        days_in_step,
        outcome,
        is_finished
    from placed_spells

),

{{ kaplan_meier_medians('spells', group_columns) }},

counted as (

    select
        {{ group_columns | join(', ') }},
        min(step_number) as step_number,
        count(*) as models_count,
        count(case when outcome = 'open' then 1 end) as open_count,
        count(case when outcome = 'stopped' then 1 end) as stopped_count,
        count(case when outcome = 'finished' then 1 end) as finished_count,
        bool_or(is_simulated) as is_simulated
    from spells
    group by {{ group_columns | join(', ') }}

)

select
    counted.lens,
    units.level,
    counted.unit_key,
    units.unit_name,
    units.province_code,
    units.current_province_code,
    counted.phase,
    counted.field_code,
    fields.field_name_vi,
    fields.field_name_en,
    counted.field_code is null as is_total,
    counted.step_code,
    counted.step_number,
    counted.models_count as model_count,
    counted.models_count,
    counted.finished_count,
    counted.stopped_count,
    counted.open_count,
    kaplan_meier_medians.median_days,
    counted.is_simulated
from counted
inner join units on units.unit_key = counted.unit_key
left join {{ ref('dim_model_fields') }} as fields on fields.field_key = counted.field_code
inner join kaplan_meier_medians
    on kaplan_meier_medians.lens = counted.lens
        and kaplan_meier_medians.unit_key = counted.unit_key
        and kaplan_meier_medians.phase = counted.phase
        and coalesce(kaplan_meier_medians.field_code, '') = coalesce(counted.field_code, '')
        and kaplan_meier_medians.step_code = counted.step_code
order by counted.lens, units.level, counted.unit_key, counted.phase, counted.field_code, counted.step_number
