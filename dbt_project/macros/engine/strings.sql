{#- The names of the elements, given as (name, condition), whose condition does not hold, joined by commas; null when all do. -#}
{% macro join_those_that_do_not_hold(elements) -%}
    nullif(concat_ws(',',
        {%- for element, condition in elements %} case when not ({{ condition }}) then '{{ element }}' end
        {{- ',' if not loop.last }}{% endfor -%}
    ), '')
{%- endmacro %}
