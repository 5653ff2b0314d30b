with

events as (

    select * from {{ ref('int_model_events') }}
    where event = 'awarded'

),

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

progress as (

    select * from {{ ref('int_model_progress') }}

),

placements as (

    select * from {{ ref('int_unit_placements') }}

),

phases as (

    select * from {{ ref('int_periods') }}
    where period_type = 'phase'

),

units as (

    select * from {{ ref('dim_units') }}

),

-- An award without a registration has no phase of its own: it belongs to the longest that holds its day.
days_without_phase as (

    select distinct event_date
    from events
    where registered_unit_key is null

),

phases_of_days as (

    select
        days.event_date,
        phases.period_code as phase,
        row_number() over (
            partition by days.event_date
            order by phases.period_start_date asc, phases.period_end_date desc, phases.period_code asc
        ) as choice_rank
    from days_without_phase as days
    inner join phases on days.event_date between phases.period_start_date and phases.period_end_date

),

awards as (

    select
        coalesce(events.registered_unit_key, events.unit_key) as unit_key,
        coalesce(registrations.registered_date, events.event_date) as placed_date,
        events.model_code,
        coalesce(registrations.phase, phases_of_days.phase) as phase,
        registrations.kind,
        registrations.level as model_level,
        events.award_level,
        events.registered_unit_key is not null as is_registered,
        progress.recognised_date is not null as is_recognised,
        events.is_simulated
    from events
    left join registrations
        on registrations.unit_key = events.registered_unit_key and registrations.model_code = events.model_code
    left join progress
        on progress.unit_key = events.registered_unit_key and progress.model_code = events.model_code
    left join phases_of_days
        on phases_of_days.event_date = events.event_date
            and phases_of_days.choice_rank = 1
            and events.registered_unit_key is null

),

counted as (

    select
        placements.lens,
        placements.scope_unit_key as unit_key,
        awards.phase,
        awards.kind,
        awards.model_level,
        awards.award_level,
        awards.is_registered,
        count(*) as awards_count,
        count(distinct concat(awards.unit_key, ' ', awards.model_code)) as models_count,
        count(distinct case when not awards.is_recognised then concat(awards.unit_key, ' ', awards.model_code) end)
            as unrecognised_models_count,
        bool_or(awards.is_simulated) as is_simulated
    from awards
    inner join placements
        on placements.unit_key = awards.unit_key
            and awards.placed_date between placements.placed_from and placements.placed_to
    group by
        placements.lens, placements.scope_unit_key, awards.phase, awards.kind, awards.model_level, awards.award_level,
        awards.is_registered

)

select
    counted.lens,
    units.level,
    counted.unit_key,
    units.unit_name,
    units.province_code,
    units.current_province_code,
    counted.phase,
    counted.kind,
    counted.model_level,
    counted.award_level,
    counted.is_registered,
    counted.awards_count,
    counted.models_count as model_count,
    counted.models_count,
    counted.unrecognised_models_count,
    counted.is_simulated
from counted
inner join units on units.unit_key = counted.unit_key
order by counted.lens, units.level, counted.unit_key, counted.phase, counted.kind, counted.model_level, counted.award_level
