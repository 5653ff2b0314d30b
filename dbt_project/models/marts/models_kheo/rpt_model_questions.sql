with

events as (

    select * from {{ ref('int_model_events') }}

),

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

progress as (

    select * from {{ ref('int_model_progress') }}

),

model_levels as (

    select * from {{ ref('model_levels') }}

),

award_ranks as (

    select
        ranks.award_level,
        model_levels.sort_order
    from {{ ref('award_level_ranks') }} as ranks
    inner join model_levels on model_levels.code = ranks.model_level

),

registered_events as (

    select
        events.unit_key as reported_unit_key,
        events.model_code,
        events.event,
        events.event_date,
        events.decision_no,
        events.award_level,
        events.registered_unit_key,
        events.is_ambiguous,
        events.is_simulated,
        registrations.registered_date,
        progress.recognised_date,
        award_ranks.sort_order > model_levels.sort_order as is_award_below_level
    from events
    left join registrations
        on registrations.unit_key = events.registered_unit_key and registrations.model_code = events.model_code
    left join progress
        on progress.unit_key = events.registered_unit_key and progress.model_code = events.model_code
    left join model_levels on model_levels.code = registrations.level
    left join award_ranks on award_ranks.award_level = events.award_level

),

questions as (

    {% for rule_code, condition in [
        ('event_without_registration', 'registered_unit_key is null and not is_ambiguous'),
        ('event_of_several_models', 'is_ambiguous'),
        ('awarded_without_recognition', "registered_unit_key is not null and event = 'awarded' and recognised_date is null"),
        (
            'replicated_without_recognition',
            "registered_unit_key is not null and event = 'replicated' and recognised_date is null"
        ),
        ('recognised_before_registration', "event = 'recognised' and event_date < registered_date"),
        ('award_below_level', "event = 'awarded' and is_award_below_level"),
        ('award_without_level', "event = 'awarded' and award_level is null"),
        ('recognised_without_decision', "event in ('recognised', 'awarded') and decision_no is null"),
    ] -%}
        select
            '{{ rule_code }}' as rule_code,
            reported_unit_key,
            registered_unit_key,
            model_code,
            event_date,
            is_simulated
        from registered_events
        where {{ condition }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- One question for a model and rule, however many events give rise to it.
asked as (

    select
        rule_code,
        coalesce(registered_unit_key, reported_unit_key) as unit_key,
        model_code,
        min(registered_unit_key) as registered_unit_key,
        count(*) as event_count,
        min(event_date) as first_event_date,
        max(event_date) as last_event_date,
        bool_or(is_simulated) as is_simulated
    from questions
    group by rule_code, coalesce(registered_unit_key, reported_unit_key), model_code

)

select
    asked.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    asked.model_code,
    asked.rule_code,
    rules.question_vi,
    rules.question_en,
    asked.registered_unit_key is not null as is_registered,
    asked.event_count,
    asked.first_event_date,
    asked.last_event_date,
    asked.is_simulated
from asked
inner join {{ ref('model_question_rules') }} as rules on rules.rule_code = asked.rule_code
inner join {{ ref('dim_units') }} as units on units.unit_key = asked.unit_key
order by rules.sort_order, asked.unit_key, asked.model_code
