{#- The figures of a question, in the form of each language. -#}
{% set figures = {
    'found': 'questions.found_figure', 'expected': 'questions.expected_figure', 'count': 'questions.figure_count',
    'cases': 'questions.case_count'
} -%}
{% set values_vi = [
    ('indicator', 'indicators.indicator_name_vi'),
    ('other_indicator', 'other_indicators.indicator_name_vi'),
    ('other_unit', 'other_units.unit_name'),
    ('part', "case questions.part when 'numerator' then 'tử số' when 'denominator' then 'mẫu số' else 'số liệu' end"),
    ('period', period_label_vi('periods.period_code', 'periods.period_type')),
    ('first_period', period_label_vi('first_periods.period_code', 'first_periods.period_type')),
] -%}
{% set values_en = [
    ('indicator', 'indicators.indicator_name_en'),
    ('other_indicator', 'other_indicators.indicator_name_en'),
    ('other_unit', 'other_units.unit_name'),
    ('part', "case questions.part when 'numerator' then 'numerator' when 'denominator' then 'denominator' else 'figure' end"),
    ('period', period_label_en('periods.period_code', 'periods.period_type')),
    ('first_period', period_label_en('first_periods.period_code', 'first_periods.period_type')),
] -%}
{% for name, expression in figures.items() -%}
    {% do values_vi.append((name, number_vi(expression))) -%}
    {% do values_en.append((name, number_en(expression))) -%}
{% endfor -%}
{#- Last, since a name that a unit wrote itself may hold anything. -#}
{% for name in ['model', 'other_model'] -%}
    {% do values_vi.append((name, 'questions.' ~ name ~ '_name')) -%}
    {% do values_en.append((name, 'questions.' ~ name ~ '_name')) -%}
{% endfor -%}
with

questions as (

    select * from {{ ref('int_questions') }}

),

rules as (

    select * from {{ ref('plausibility_rules') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

indicators as (

    select * from {{ ref('int_indicators') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

submissions as (

    select * from {{ ref('int_submissions') }}

),

-- The report that holds the figures of a unit and period now: the first of those that stand, since the others are its
-- part-corrections.
current_reports as (

    select
        unit_key,
        period_code,
        min_by(submission_id, revision) as submission_id
    from submissions
    where form = 'BC' and is_accepted and superseded_at is null
    group by unit_key, period_code

),

-- Figures that a part-correction holds.
corrections as (

    select
        figures.unit_key,
        figures.period_code,
        figures.indicator_code,
        figures.submission_id
    from {{ ref('int_indicator_values') }} as figures
    inner join submissions on submissions.submission_id = figures.submission_id
    where figures.known_to is null and submissions.is_part_correction

)

select
    questions.unit_key,
    units.unit_name,
    units.level,
    units.province_code,
    units.current_province_code,
    questions.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    questions.period_code,
    periods.period_end_date,
    questions.rule_code,
    rules.rule_name_vi,
    rules.rule_name_en,
    {{ fill_sentence('rules.question_vi', values_vi) }} as detail_vi,
    {{ fill_sentence('rules.question_en', values_en) }} as detail_en,
    questions.first_period_code,
    first_periods.period_end_date as first_period_end_date,
    questions.part,
    questions.found_figure,
    questions.expected_figure,
    questions.figure_count,
    questions.case_count,
    questions.other_unit_key,
    other_units.unit_name as other_unit_name,
    questions.other_indicator_code,
    other_indicators.indicator_name_vi as other_indicator_name_vi,
    other_indicators.indicator_name_en as other_indicator_name_en,
    questions.model_code,
    questions.other_model_code,
    submissions.is_simulated,
    submissions.submission_id
from questions
inner join rules on rules.rule_code = questions.rule_code
inner join units on units.unit_key = questions.unit_key
inner join periods on periods.period_code = questions.period_code
left join current_reports
    on current_reports.unit_key = questions.unit_key and current_reports.period_code = questions.period_code
left join corrections
    on corrections.unit_key = questions.unit_key
        and corrections.period_code = questions.period_code
        and corrections.indicator_code = questions.indicator_code
inner join submissions
    on submissions.submission_id
        = coalesce(questions.submission_id, corrections.submission_id, current_reports.submission_id)
left join indicators on indicators.indicator_code = questions.indicator_code
left join indicators as other_indicators on other_indicators.indicator_code = questions.other_indicator_code
left join units as other_units on other_units.unit_key = questions.other_unit_key
left join periods as first_periods on first_periods.period_code = questions.first_period_code
order by periods.period_end_date, questions.unit_key, questions.rule_code, questions.indicator_code
