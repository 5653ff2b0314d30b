{#- The earliest of some dates, those that are null left aside; null when all are. DuckDB's and Spark's least do just that. -#}
{% macro earliest_of(dates) -%}least({{ dates | join(', ') }}){%- endmacro %}
