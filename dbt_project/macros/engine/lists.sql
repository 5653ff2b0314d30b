{#- The texts of a group that are known, each once, in their order, joined by commas; null when there are none. -#}
{% macro joined_texts(text) -%}{{ return(adapter.dispatch('joined_texts', 'dan_van')(text)) }}{%- endmacro %}
{% macro default__joined_texts(text) -%}string_agg(distinct {{ text }}, ',' order by {{ text }}){%- endmacro %}
{% macro spark__joined_texts(text) -%}nullif(array_join(sort_array(collect_set({{ text }})), ','), ''){%- endmacro %}

{#- The month of a day as a period code, such as 2026-10; null for no day. -#}
{% macro month_of(day) -%}{{ return(adapter.dispatch('month_of', 'dan_van')(day)) }}{%- endmacro %}
{% macro default__month_of(day) -%}strftime({{ day }}, '%Y-%m'){%- endmacro %}
{% macro spark__month_of(day) -%}date_format({{ day }}, 'yyyy-MM'){%- endmacro %}
