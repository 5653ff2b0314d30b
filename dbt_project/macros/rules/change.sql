{#-
    Rules of rpt_change_decomposition. Rates are percentages; a change is given in percentage points.
    The cases of a total beyond the sum of its parts are one more part: "the rest" (an own desk, districts that ended, silent parts).
-#}

{#- Shares of split units leave rounding errors; a rest smaller than this many cases counts as none. -#}
{% macro smallest_case() %}0.000001{% endmacro %}

{#- Whether the cases of a total that are in none of its parts can be a part themselves; not where the parts have more than the
total. -#}
{% macro is_possible_rest(numerator, denominator) -%}
    ({{ denominator }} >= -{{ smallest_case() }} and {{ numerator }} between -{{ smallest_case() }} and {{ denominator }} + {{ smallest_case() }})
{%- endmacro %}

{#- The name of a unit without the word for its type, which a merger often changes. -#}
{% macro bare_name(unit_name, unit_type) -%}
    case
        when {{ unit_name }} like concat({{ unit_type }}, ' %')
            then substring({{ unit_name }}, length({{ unit_type }}) + 2)
        else {{ unit_name }}
    end
{%- endmacro %}
