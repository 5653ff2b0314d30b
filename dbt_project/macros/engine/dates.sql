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

{#- A date and a whole number of days. -#}
{% macro add_days(day, count) -%}{{ return(adapter.dispatch('add_days', 'dan_van')(day, count)) }}{%- endmacro %}
{% macro default__add_days(day, count) -%}cast({{ day }} + {{ count }} * interval 1 day as date){%- endmacro %}
{% macro spark__add_days(day, count) -%}date_add({{ day }}, {{ count }}){%- endmacro %}

{#- 1 Monday to 7 Sunday. -#}
{% macro day_of_week(day) -%}{{ return(adapter.dispatch('day_of_week', 'dan_van')(day)) }}{%- endmacro %}
{% macro default__day_of_week(day) -%}isodow({{ day }}){%- endmacro %}
{% macro spark__day_of_week(day) -%}(weekday({{ day }}) + 1){%- endmacro %}

{#- A select with one row per day, column calendar_date, from 1 January of one year to 31 December of another. -#}
{% macro days_between_years(first_year, last_year) -%}
    {{ return(adapter.dispatch('days_between_years', 'dan_van')(first_year, last_year)) }}
{%- endmacro %}
{% macro default__days_between_years(first_year, last_year) -%}
    select cast(moments.moment as date) as calendar_date
    from generate_series(timestamp '{{ first_year }}-01-01', timestamp '{{ last_year }}-12-31', interval 1 day) as moments (moment)
{%- endmacro %}
{% macro spark__days_between_years(first_year, last_year) -%}
    select explode(sequence(date '{{ first_year }}-01-01', date '{{ last_year }}-12-31', interval 1 day)) as calendar_date
{%- endmacro %}

{#- The day in Viet Nam on which a UTC timestamp falls. Viet Nam keeps UTC+7 all year and has since 1975. -#}
{% macro local_date(moment) -%}cast({{ moment }} + interval 7 hour as date){%- endmacro %}
