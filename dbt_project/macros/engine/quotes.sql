{#- The name of a column that is a word of SQL. -#}
{% macro quoted(name) -%}{{ return(adapter.dispatch('quoted', 'dan_van')(name)) }}{%- endmacro %}

{% macro default__quoted(name) -%}"{{ name }}"{%- endmacro %}
{% macro spark__quoted(name) -%}`{{ name }}`{%- endmacro %}
