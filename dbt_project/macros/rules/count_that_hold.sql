{#- How many of the elements, given as (name, condition), hold. -#}
{% macro count_that_hold(elements) -%}
    ({% for element, condition in elements %}case when {{ condition }} then 1 else 0 end{{ ' + ' if not loop.last }}{% endfor %})
{%- endmacro %}
