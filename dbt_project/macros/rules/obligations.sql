{#- Whether a unit that owes an indicator of this frequency owes it for periods of this type: for its own frequency, and where it
    counts from 1 January, for the longer spans of the year. `OWN_TYPES` in warehouse/periods.py says so to the intake. -#}
{% macro is_owed_period_type(frequency, period_type) -%}
    ({{ period_type }} = {{ frequency }} or ({{ frequency }} = 'quarter' and {{ period_type }} in ('6M', '9M', 'year')) or ({{ frequency }} = '6M' and {{ period_type }} = 'year'))
{%- endmacro %}
{#- A report that lies further than this before the next one of its province is taken for a mistyped year, not for a beginning. -#}
{% macro longest_pause_days() -%}731{%- endmacro %}
