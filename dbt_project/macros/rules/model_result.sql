{#-
    The number that a text is, as a Vietnamese or an English form writes it, with or without a percent sign; null where the text is
    anything else. `1.250` can be two numbers and is none.
-#}
{% macro number_in_text(text) -%}
    {%- set bare = "trim(replace(" ~ text ~ ", '%', ''))" -%}
    case
        when {{ is_like_pattern(bare, '[+-]?[0-9]+([.]([0-9]{1,2}|[0-9]{4,}))?') }} then try_cast({{ bare }} as double)
        when {{ is_like_pattern(bare, '[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})') }}
            then try_cast(replace({{ bare }}, ',', '.') as double)
        when {{ is_like_pattern(bare, '[+-]?[0-9]{1,3}([.][0-9]{3})+,[0-9]+') }}
            or {{ is_like_pattern(bare, '[+-]?[0-9]{1,3}([.][0-9]{3}){2,}') }}
            then try_cast(replace(replace({{ bare }}, '.', ''), ',', '.') as double)
        when {{ is_like_pattern(bare, '[+-]?[0-9]{1,3}(,[0-9]{3})+[.][0-9]+') }}
            or {{ is_like_pattern(bare, '[+-]?[0-9]{1,3}(,[0-9]{3}){2,}') }}
            then try_cast(replace({{ bare }}, ',', '') as double)
    end
{%- endmacro %}

{#-
    How the result of a model stands to its target. The baseline says which way is better: fewer fires, more trees. Without it only
    an exact hit is known to be reached. A model that still runs has its due date to reach the target.
-#}
{% macro result_state(result, baseline, target, is_target_stated, may_still_reach) -%}
    case
        when not {{ is_target_stated }} then 'no_target'
        when {{ result }} is null then 'no_result'
        when {{ target }} is null then 'not_comparable'
        when abs({{ result }} - {{ target }}) < {{ tolerance() }} then 'reached'
        when {{ baseline }} is null or {{ baseline }} = {{ target }} then 'not_comparable'
        when ({{ result }} > {{ target }}) = ({{ target }} > {{ baseline }}) then 'reached'
        when {{ may_still_reach }} then 'not_yet_due'
        else 'not_reached'
    end
{%- endmacro %}
