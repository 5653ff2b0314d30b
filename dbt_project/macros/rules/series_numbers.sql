{#-
    Whole numbers in the place of the four texts of a key: sorting, grouping and joining 20 million rows by one number costs a
    fraction. Numbers are good inside one build only. The factors leave room for 999 indicators, 9 types of period, 999 periods of a
    type and 99,999 units; the tests of int_series_neighbours and int_series_units hold them.
-#}
{% macro lens_number(lens) -%}
    {%- if lens == 'as_reported' -%}1{%- elif lens == 'current_boundaries' -%}2{%- elif lens == 'unchanged_units' -%}3{%- endif -%}
{%- endmacro %}

{#- The lens that a number stands for. -#}
{% macro lens_of(number) -%}
    case {{ number }}
        {%- for lens in ['as_reported', 'current_boundaries', 'unchanged_units'] %} when {{ lens_number(lens) }} then '{{ lens }}'{% endfor %}
    end
{%- endmacro %}

{#- One line of figures: lens, indicator, type of period, unit with its renames. In this order tables are laid out on the disk. -#}
{% macro series_number(lens_number, indicator_number, period_type_number, unit_series_number) -%}
    (({{ lens_number }} * 1000 + {{ indicator_number }}) * 10 + {{ period_type_number }}) * 100000 + {{ unit_series_number }}
{%- endmacro %}

{#- One circle of siblings that are ranked together: lens, indicator, period, level and parent. -#}
{% macro siblings_number(lens_number, indicator_number, period_type_number, period_number, level_number, parent_series_number) -%}
    (((({{ lens_number }} * 1000 + {{ indicator_number }}) * 10 + {{ period_type_number }}) * 1000 + {{ period_number }}) * 10
    + {{ level_number }}) * 100000 + {{ parent_series_number }}
{%- endmacro %}
