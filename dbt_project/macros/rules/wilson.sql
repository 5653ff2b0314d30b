{#- The 97.5th percentile of the standard normal distribution: two-sided 95 %. -#}
{% macro normal_975() %}1.959963984540054{% endmacro %}

{#-
    Wilson score interval (Wilson 1927), 95 %, of numerator out of denominator, in per cent.
    Null where it is not defined: no denominator, or a numerator outside it. Sign: '-' for the lower limit, '+' for the upper.
-#}
{% macro wilson_limit(numerator, denominator, sign) -%}
    case
        -- At the ends of the scale the limit is the end itself; worked out, it would miss it by a rounding error.
        when {{ denominator }} > 0 and {{ numerator }} = {{ "0" if sign == "-" else denominator }}
            then {{ "0.0" if sign == "-" else "100.0" }}
        when {{ denominator }} > 0 and {{ numerator }} >= 0 and {{ numerator }} <= {{ denominator }}
            then greatest(0.0, least(100.0, 100.0 * (
                {{ numerator }} + {{ normal_975() }} * {{ normal_975() }} / 2.0
                {{ sign }} {{ normal_975() }} * sqrt(
                    {{ numerator }} * ({{ denominator }} - {{ numerator }}) / {{ denominator }}
                    + {{ normal_975() }} * {{ normal_975() }} / 4.0
                )
            ) / ({{ denominator }} + {{ normal_975() }} * {{ normal_975() }})))
    end
{%- endmacro %}
