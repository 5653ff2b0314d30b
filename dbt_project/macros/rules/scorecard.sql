{#-
    The part of its points that a criterion proportional to its target earns, 0–1: all of them on the good side, else how far the
    figure has come. Null where either is not known, or where the target is no number (`>prev`).
-#}
{% macro share_of_target(value, operator, target) -%}
    case
        when {{ operator }} = '>prev' or {{ value }} is null or {{ target }} is null then null
        when {{ is_on_good_side(value, operator, target, 'null') }} then 1.0
        when {{ value }} > 0 and {{ target }} > 0 then least({{ value }} / {{ target }}, {{ target }} / {{ value }})
        else 0.0
    end
{%- endmacro %}

{#-
    Points that a criterion earns by its rule:
    all_or_nothing – all of them when the target is met, else none; proportional – by the share of the target reached;
    in_steps – those of the best step reached, else none. Null where it cannot be judged.
-#}
{% macro points_earned(rule, value, operator, target, previous, max_points, step_points) -%}
    case
        when {{ value }} is null then null
        when {{ rule }} = 'in_steps' then coalesce({{ step_points }}, 0.0)
        when {{ rule }} = 'proportional' then {{ max_points }} * {{ share_of_target(value, operator, target) }}
        when {{ rule }} = 'all_or_nothing' then case
            when {{ is_on_good_side(value, operator, target, previous) }} then {{ max_points }}
            when not {{ is_on_good_side(value, operator, target, previous) }} then 0.0
        end
    end
{%- endmacro %}

{#- Scores run from 0 to 100; the highest band has no upper end. -#}
{% macro above_every_score() %}1000{% endmacro %}

{#- Scores that differ by less than this are equal, whatever the order in which their points were added up. -#}
{% macro score_decimals() %}9{% endmacro %}
