{#- The names of the elements whose condition does not hold, joined by commas; null when none is missing. -#}
{% macro joined_list(elements) -%}
    nullif(concat_ws(',',
        {% for element, condition in elements -%}
        case when not ({{ condition }}) then '{{ element }}' end{{ ',' if not loop.last }}
        {% endfor -%}
    ), '')
{%- endmacro %}
