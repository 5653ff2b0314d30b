{#-
    A whole number replaces the four texts of a key: sorting, grouping and joining 20 million rows by one number costs a fraction.
    The numbers are valid inside one build and inside models/intermediate/series, nowhere else. The factors leave room for 999
    indicators, 9 types of period, 999 periods of a type and 99,999 units; tests of int_series_neighbours and int_series_units
    fail beyond that.
-#}
{% macro lens_number(lens) -%}
    {%- if lens == 'as_reported' -%}1{%- elif lens == 'current_boundaries' -%}2{%- elif lens == 'unchanged_units' -%}3{%- endif -%}
{%- endmacro %}

{#- The lens of a number. -#}
{% macro lens_of(number) -%}
    case {{ number }}
        {%- for lens in ['as_reported', 'current_boundaries', 'unchanged_units'] %} when {{ lens_number(lens) }} then '{{ lens }}'{% endfor %}
    end
{%- endmacro %}

{#- A line of figures: lens, indicator, type of period, unit with its renames. Tables are stored in this order. -#}
{% macro line_number(lens_number, indicator_number, period_type_number, unit_series_number) -%}
    (({{ lens_number }} * 1000 + {{ indicator_number }}) * 10 + {{ period_type_number }}) * 100000 + {{ unit_series_number }}
{%- endmacro %}

{#- The siblings that are ranked together: lens, indicator, period, level and parent. -#}
{% macro siblings_number(lens_number, indicator_number, period_type_number, period_number, level_number, parent_series_number) -%}
    (((({{ lens_number }} * 1000 + {{ indicator_number }}) * 10 + {{ period_type_number }}) * 1000 + {{ period_number }}) * 10
    + {{ level_number }}) * 100000 + {{ parent_series_number }}
{%- endmacro %}
