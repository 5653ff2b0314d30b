{{ config(materialized='view') }}
-- A question about a model has no period of its own: it is dated by the last event that gives rise to it.
with

questions as (

    select
        unit_key,
        'figure' as about,
        rule_code,
        rule_name_vi,
        rule_name_en,
        detail_vi as question_vi,
        detail_en as question_en,
        period_end_date as question_date,
        period_code,
        period_end_date,
        indicator_code,
        model_code,
        found_figure,
        expected_figure,
        other_unit_key,
        is_simulated,
        submission_id
    from {{ ref('rpt_plausibility_flags').include(database=false) }}
    union all
    select
        unit_key,
        'model' as about,
        rule_code,
        cast(null as varchar) as rule_name_vi,
        cast(null as varchar) as rule_name_en,
        question_vi,
        question_en,
        last_event_date as question_date,
        cast(null as varchar) as period_code,
        cast(null as date) as period_end_date,
        cast(null as varchar) as indicator_code,
        model_code,
        cast(null as double) as found_figure,
        cast(null as double) as expected_figure,
        cast(null as varchar) as other_unit_key,
        is_simulated,
        cast(null as varchar) as submission_id
    from {{ ref('rpt_model_questions').include(database=false) }}

)

select
    {{ unit_columns() }},
    units.current_unit_key,
    units.current_unit_name,
    questions.about,
    questions.rule_code,
    questions.rule_name_vi,
    questions.rule_name_en,
    questions.question_vi,
    questions.question_en,
    questions.question_date,
    questions.period_code,
    questions.period_end_date,
    questions.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    questions.model_code,
    models.model_name,
    questions.found_figure,
    questions.expected_figure,
    questions.other_unit_key,
    other_units.unit_name as other_unit_name,
    questions.is_simulated,
    questions.submission_id
from questions
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = questions.unit_key
left join {{ ref('dim_indicators').include(database=false) }} as indicators
    on indicators.indicator_code = questions.indicator_code
left join {{ ref('fct_model_registrations').include(database=false) }} as models
    on models.unit_key = questions.unit_key and models.model_code = questions.model_code
left join {{ ref('dim_units').include(database=false) }} as other_units on other_units.unit_key = questions.other_unit_key
