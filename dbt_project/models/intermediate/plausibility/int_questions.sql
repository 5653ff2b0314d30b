{#- Which of the columns that a question may have each model gives; the others are null there. The first ones name unit, indicator
    and period by number, the others by key and code. -#}
{% set numbered = {
    'int_questions_on_whole_reports': ['first_period_number', 'case_count'],
    'int_questions_on_full_runs': ['indicator_number', 'first_period_number', 'expected_figure', 'case_count'],
    'int_questions_on_repeated_figures': ['indicator_number', 'first_period_number', 'found_figure'],
    'int_questions_on_cumulative_periods': ['indicator_number', 'first_period_code', 'part', 'found_figure', 'expected_figure'],
    'int_questions_on_components': ['indicator_number', 'part', 'found_figure', 'expected_figure'],
    'int_questions_on_totals': ['indicator_number', 'part', 'found_figure', 'expected_figure'],
    'int_questions_on_round_numbers': ['indicator_number', 'first_period_number', 'found_figure', 'expected_figure'],
    'int_questions_on_volumes': ['indicator_number', 'part', 'found_figure', 'expected_figure'],
    'int_questions_on_other_units': ['other_unit_key'],
} -%}
{% set named = {
    'int_questions_on_self_scores': ['indicator_code', 'found_figure', 'case_count'],
    'int_questions_on_panels': ['indicator_code', 'other_indicator_code', 'found_figure', 'expected_figure'],
    'int_questions_on_records': ['indicator_code', 'part', 'found_figure', 'expected_figure'],
    'int_questions_on_corrections': ['first_period_code'],
    'int_questions_on_registrations': [
        'found_figure', 'other_unit_key', 'model_code', 'model_name', 'other_model_code', 'other_model_name', 'submission_id'
    ],
} -%}
{% set types = {
    'first_period_code': 'varchar', 'other_indicator_code': 'varchar', 'other_unit_key': 'varchar', 'part': 'varchar',
    'model_code': 'varchar', 'model_name': 'varchar', 'other_model_code': 'varchar', 'other_model_name': 'varchar',
    'found_figure': 'double', 'expected_figure': 'double', 'case_count': 'double', 'submission_id': 'varchar'
} -%}
with

numbered_questions as (

    {% for model, columns in numbered.items() %}
        select
            rule_code,
            unit_number,
            period_type_number,
            period_number,
            {% for column in ['indicator_number', 'first_period_number'] %}
                cast({{ column if column in columns else 'null' }} as bigint) as {{ column }},
            {% endfor %}
            {% for column, type in types.items() %}
                cast({{ column if column in columns else 'null' }} as {{ engine_type(type) }}) as {{ column }},
            {% endfor %}
            cast(figure_count as bigint) as figure_count
        from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

all_questions as (

    select
        questions.rule_code,
        units.unit_key,
        periods.period_code,
        indicators.indicator_code,
        coalesce(questions.first_period_code, first_periods.period_code) as first_period_code,
        {% for column in types if column != 'first_period_code' %}
            questions.{{ column }},
        {% endfor %}
        questions.figure_count
    from numbered_questions as questions
    inner join {{ ref('int_units') }} as units on units.unit_number = questions.unit_number
    inner join {{ ref('int_periods') }} as periods
        on periods.period_type_number = questions.period_type_number and periods.period_number = questions.period_number
    left join {{ ref('int_indicators') }} as indicators on indicators.indicator_number = questions.indicator_number
    left join {{ ref('int_periods') }} as first_periods
        on first_periods.period_type_number = questions.period_type_number
            and first_periods.period_number = questions.first_period_number
    {% for model, columns in named.items() %}
        union all
        select
            rule_code,
            unit_key,
            period_code,
            cast(
                {{ 'indicator_code' if 'indicator_code' in columns else 'null' }} as {{ engine_type('varchar') }}
            ) as indicator_code,
            {% for column, type in types.items() %}
                cast({{ column if column in columns else 'null' }} as {{ engine_type(type) }}) as {{ column }},
            {% endfor %}
            cast(figure_count as bigint) as figure_count
        from {{ ref(model) }}
    {% endfor %}

)

select * from all_questions
