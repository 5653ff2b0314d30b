{#- Whether a figure is on the good side of its target; null when either is not known. -#}
{% macro is_on_good_side(figure, operator, target, previous) -%}
    case {{ operator }}
        when '>=' then {{ figure }} >= {{ target }}
        when '>' then {{ figure }} > {{ target }}
        when '<=' then {{ figure }} <= {{ target }}
        when '<' then {{ figure }} < {{ target }}
        when '=' then abs({{ figure }} - {{ target }}) < {{ tolerance() }}
        when '>prev' then {{ figure }} > {{ previous }}
    end
{%- endmacro %}

{#- Below this, two figures in double precision are the same figure. -#}
{% macro tolerance() %}0.000000001{% endmacro %}

{#- Whether the interval decides: a rate, an order operator, and a target that is not at the end of the scale. -#}
{% macro is_judged_by_interval(is_rate, operator, target) -%}
    ({{ is_rate }} and {{ operator }} in ('>=', '>', '<=', '<') and {{ target }} > 0 and {{ target }} < 100)
{%- endmacro %}

{#-
    Whether every case is on the good side: 100, or 0 where the operator wants less. A unit cannot do better, so that its verdict
    must not depend on how many cases it had: of 98 % the interval of a perfect rate would stay short below 189 cases.
-#}
{% macro is_perfect(value, operator) -%}
    case when {{ operator }} in ('<=', '<') then {{ value }} <= {{ tolerance() }} else {{ value }} >= 100 - {{ tolerance() }} end
{%- endmacro %}

{#-
    met, narrowly_met, narrowly_missed, missed or no_target; null when the value is not known.
    An interval lies wholly on one side when both of its ends do.
-#}
{% macro verdict(value, value_low, value_high, is_rate, operator, target, previous) -%}
    case
        when {{ operator }} is null then 'no_target'
        when {{ is_on_good_side(value, operator, target, previous) }} is null then null
        when
            not {{ is_judged_by_interval(is_rate, operator, target) }}
            or {{ value_low }} is null
            or {{ is_perfect(value, operator) }}
            then case when {{ is_on_good_side(value, operator, target, previous) }} then 'met' else 'missed' end
        when {{ is_on_good_side(value, operator, target, previous) }}
            then case
                when {{ is_on_good_side(value_low, operator, target, previous) }}
                    and {{ is_on_good_side(value_high, operator, target, previous) }} then 'met'
                else 'narrowly_met'
            end
        when not {{ is_on_good_side(value_low, operator, target, previous) }}
            and not {{ is_on_good_side(value_high, operator, target, previous) }} then 'missed'
        else 'narrowly_missed'
    end
{%- endmacro %}

{#-
    Whether a figure has too few cases for a clear verdict: even a perfect result of this denominator would have an interval that
    crosses the target. False where no interval decides.
-#}
{% macro is_small(value_low, denominator, is_rate, operator, target) -%}
    coalesce(
        {{ is_judged_by_interval(is_rate, operator, target) }}
        and {{ value_low }} is not null
        and not case
            when {{ operator }} in ('<=', '<')
                then {{ is_on_good_side(wilson_limit('0', denominator, '+'), operator, target, 'null') }}
            else {{ is_on_good_side(wilson_limit(denominator, denominator, '-'), operator, target, 'null') }}
        end,
        false
    )
{%- endmacro %}

{#-
    Whether the units that are still silent could turn the verdict: one of the bounds lies on the other side of the target, or the
    bounds are not known while units are silent. False without a target.
-#}
{% macro is_provisional(value, bound_low, bound_high, silent_units, operator, target, previous) -%}
    case
        when {{ operator }} is null then false
        when {{ bound_low }} is null or {{ bound_high }} is null then coalesce({{ silent_units }} > 0, false)
        else coalesce(
            {{ is_on_good_side(bound_low, operator, target, previous) }}
            <> {{ is_on_good_side(value, operator, target, previous) }}
            or {{ is_on_good_side(bound_high, operator, target, previous) }}
            <> {{ is_on_good_side(value, operator, target, previous) }},
            false
        )
    end
{%- endmacro %}

{#- A range of ranks as wide as this part of all places, or wider, says nothing: such a unit cannot be ranked. -#}
{% macro widest_rank_range() %}0.8{% endmacro %}

{#-
    How far a figure misses its target, in relation to the target: 0.1 is a tenth of it. A target below 1 counts as 1, so that
    a target of 0 can be missed by a number. Null where the target is met or nothing can be judged, and where the target is the
    figure before.
-#}
{% macro target_distance(value, operator, target, previous) -%}
    case
        when not {{ is_on_good_side(value, operator, target, previous) }}
            then abs({{ value }} - {{ target }}) / greatest(abs({{ target }}), 1)
    end
{%- endmacro %}

{#-
    The least whole number of cases to add to the numerator (to take from it, where lower is better) so that the target is met;
    0 when it is. For a count the value is its own numerator. Null where no whole number of cases can be named.
-#}
{% macro gap_cases(value, numerator, denominator, is_rate, operator, target, previous) -%}
    {%- set needed = "(case when " ~ is_rate ~ " then " ~ target ~ " * " ~ denominator ~ " / 100.0 - " ~ numerator
        ~ " else " ~ target ~ " - " ~ value ~ " end)" -%}
    cast(case
        when {{ operator }} is null or {{ target }} is null or {{ value }} is null then null
        when {{ is_on_good_side(value, operator, target, previous) }} then 0
        when {{ operator }} = '>=' then ceil({{ needed }} - {{ tolerance() }})
        when {{ operator }} = '>' then floor({{ needed }} + {{ tolerance() }}) + 1
        when {{ operator }} = '<=' then ceil(-{{ needed }} - {{ tolerance() }})
        when {{ operator }} = '<' then floor(-{{ needed }} + {{ tolerance() }}) + 1
        when {{ operator }} = '=' and abs({{ needed }} - round({{ needed }})) < {{ tolerance() }} then abs(round({{ needed }}))
    end as bigint)
{%- endmacro %}
