{#- The names of the elements, given as (name, condition), whose condition does not hold, joined by commas; null when all do. -#}
{% macro join_those_that_do_not_hold(elements) -%}
    nullif(concat_ws(',',
        {%- for element, condition in elements %} case when not ({{ condition }}) then '{{ element }}' end
        {{- ',' if not loop.last }}{% endfor -%}
    ), '')
{%- endmacro %}

{#- Whether the whole text is like a regular expression, which must do without backslashes: engines read them differently. -#}
{% macro is_like_pattern(text, pattern) -%}{{ return(adapter.dispatch('is_like_pattern', 'dan_van')(text, pattern)) }}{%- endmacro %}
{% macro default__is_like_pattern(text, pattern) -%}regexp_full_match({{ text }}, '{{ pattern }}'){%- endmacro %}
{% macro spark__is_like_pattern(text, pattern) -%}{{ text }} rlike '^({{ pattern }})$'{%- endmacro %}
