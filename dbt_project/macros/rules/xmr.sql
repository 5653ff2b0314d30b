{#- Limits of an individuals chart lie 2.66 mean moving ranges from the centre (3 / 1.128, Shewhart; Wheeler). -#}
{% macro xmr_width() %}2.66{% endmacro %}

{#- Fewer points than this give trial limits. -#}
{% macro xmr_trial_points() %}12{% endmacro %}

{#- How many points in succession on one side of the centre, or in rising or falling order, are a signal. -#}
{% macro xmr_run_length() %}7{% endmacro %}

{#- How many of some conditions hold; one that is not known does not. -#}
{% macro how_many_hold(conditions) -%}
    ({% for condition in conditions %}case when {{ condition }} then 1 else 0 end{{ ' + ' if not loop.last }}{% endfor %})
{%- endmacro %}
