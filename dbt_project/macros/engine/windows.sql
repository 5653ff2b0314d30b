{#- The value of a column so many rows back in a named window, among the rows in which it is known. -#}
{% macro lag_known(column, back, window) -%}{{ return(adapter.dispatch('lag_known', 'dan_van')(column, back, window)) }}{%- endmacro %}
{% macro default__lag_known(column, back, window) -%}lag({{ column }}, {{ back }} ignore nulls) over {{ window }}{%- endmacro %}
{% macro spark__lag_known(column, back, window) -%}lag({{ column }}, {{ back }}) ignore nulls over {{ window }}{%- endmacro %}
