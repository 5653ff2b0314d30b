with

placements as (

    select * from {{ ref('int_model_placements') }}

),

progress as (

    select * from {{ ref('int_model_progress') }}

),

results as (

    select * from {{ ref('int_model_results') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

unit_totals as (

    select * from {{ ref('int_model_unit_totals') }}

),

counted as (

    select
        placements.lens,
        placements.unit_key,
        placements.phase,
        placements.field_code,
        placements.kind,
        count(*) as registered_count,
        count(results.chosen_level) as chosen_above_count,
        {% for level in ['central', 'province', 'district', 'commune'] -%}
            count(case when results.chosen_level = '{{ level }}' then 1 end) as chosen_{{ level }}_count,
        {% endfor -%}
        count(case when results.result_verdict = 'reached' then 1 end) as reached_count,
        count(case when results.result_verdict = 'not_reached' then 1 end) as not_reached_count,
        {% for number in range(1, 6) -%}
            count(case when progress.reached_step_number >= {{ number }} then 1 end) as step_{{ number }}_count,
        {% endfor -%}
        count(progress.inspected_date) as inspected_count,
        count(progress.recognised_date) as recognised_count,
        count(progress.awarded_date) as awarded_count,
        count(progress.replicated_date) as replicated_count,
        count(progress.unit_key) as with_event_count,
        count(distinct placements.phase_home_series_key) as units_with_models,
        bool_or(placements.is_simulated) as is_simulated
    from placements
    inner join results
        on results.unit_key = placements.registered_unit_key and results.model_code = placements.model_code
    left join progress
        on progress.unit_key = placements.registered_unit_key and progress.model_code = placements.model_code
    group by placements.lens, placements.unit_key, placements.phase, placements.field_code, placements.kind

),

-- Where not one model of a unit and phase has an event, its progress was not reported: not known, and not zero.
with_reach as (

    select
        *,
        sum(with_event_count) over (partition by lens, unit_key, phase) > 0 as has_progress
    from counted

)

select
    with_reach.lens,
    units.level,
    with_reach.unit_key,
    units.unit_name,
    units.province_code,
    units.current_province_code,
    with_reach.phase,
    with_reach.field_code,
    fields.field_name_vi,
    fields.field_name_en,
    with_reach.kind,
    with_reach.registered_count,
    {% for column in ['step_1', 'step_2', 'step_3', 'step_4', 'step_5', 'inspected', 'recognised', 'awarded', 'replicated'] -%}
        case when with_reach.has_progress then with_reach.{{ column }}_count end as {{ column }}_count,
    {% endfor -%}
    with_reach.chosen_above_count,
    {% for level in ['central', 'province', 'district', 'commune'] -%}
        with_reach.chosen_{{ level }}_count,
    {% endfor -%}
    {% for column in ['reached', 'not_reached'] -%}
        case when with_reach.has_progress then with_reach.{{ column }}_count end as {{ column }}_count,
    {% endfor -%}
    with_reach.units_with_models,
    unit_totals.units_total,
    with_reach.is_simulated
from with_reach
inner join units on units.unit_key = with_reach.unit_key
left join {{ ref('dim_model_fields') }} as fields on fields.field_key = with_reach.field_code
left join unit_totals
    on unit_totals.lens = with_reach.lens
        and unit_totals.unit_key = with_reach.unit_key
        and unit_totals.period_code = with_reach.phase
order by with_reach.lens, units.level, with_reach.unit_key, with_reach.phase, with_reach.field_code, with_reach.kind
