{#-
    Numerator out of denominator, in per cent; null without a denominator.
    The whole is 100 to the last digit: of a part of a case, which shares of units give, it could come out above it.
-#}
{% macro percentage(numerator, denominator) -%}
    case
        when {{ numerator }} = {{ denominator }} and {{ denominator }} <> 0 then 100.0
        else 100.0 * {{ numerator }} / nullif({{ denominator }}, 0)
    end
{%- endmacro %}
