{#- Day arithmetic is written differently by engines; rules and models call these. -#}
{% macro next_day(day) -%}{{ return(adapter.dispatch('next_day', 'dan_van')(day)) }}{%- endmacro %}
{% macro default__next_day(day) -%}cast({{ day }} + interval 1 day as date){%- endmacro %}
{% macro spark__next_day(day) -%}date_add({{ day }}, 1){%- endmacro %}

{% macro previous_day(day) -%}{{ return(adapter.dispatch('previous_day', 'dan_van')(day)) }}{%- endmacro %}
{% macro default__previous_day(day) -%}cast({{ day }} - interval 1 day as date){%- endmacro %}
{% macro spark__previous_day(day) -%}date_sub({{ day }}, 1){%- endmacro %}

{#- Whole days from one date to another. -#}
{% macro days_between(from_date, to_date) -%}{{ return(adapter.dispatch('days_between', 'dan_van')(from_date, to_date)) }}{%- endmacro %}
{% macro default__days_between(from_date, to_date) -%}date_diff('day', {{ from_date }}, {{ to_date }}){%- endmacro %}
{% macro spark__days_between(from_date, to_date) -%}datediff({{ to_date }}, {{ from_date }}){%- endmacro %}
