{#- Limits of an individuals chart lie 2.66 mean moving ranges from the centre (3 / 1.128, Shewhart; Wheeler). -#}
{% macro xmr_width() %}2.66{% endmacro %}

{#- Fewer points than this give trial limits. -#}
{% macro xmr_trial_points() %}12{% endmacro %}

{#- How many points in succession on one side of the centre, or in rising or falling order, are a signal. -#}
{% macro xmr_run_length() %}7{% endmacro %}

{#- A rate has no signal where fewer of the rarer outcome than this are expected in the period. -#}
{% macro xmr_least_expected() %}3{% endmacro %}

{#-
    Whether a rate has too few cases in a period for a signal: where the denominator is small, or the rate near an end of the scale,
    single cases make the figure jump.
-#}
{% macro is_too_rare_for_signal(is_rate, denominator, centre) -%}
    {{ is_rate }} and coalesce({{ denominator }} * least({{ centre }}, 100 - {{ centre }}) / 100, 0)
    < {{ xmr_least_expected() }} - {{ tolerance() }}
{%- endmacro %}

{#- Whether a point and one of the two before it lie beyond two thirds of the way from the centre to the uncut limit. -#}
{% macro is_two_of_three(side, centre, limit, value, value_before, value_before_that) -%}
    {%- set line = centre ~ ' + 2.0 / 3 * (' ~ limit ~ ' - ' ~ centre ~ ')' -%}
    {{ is_beyond(side, value, line) }}
    and ({{ is_beyond(side, value_before, line) }} or {{ is_beyond(side, value_before_that, line) }})
{%- endmacro %}

{#- Whether a figure lies above or below a line by more than the last digits of a double; a figure that is not known does not. -#}
{% macro is_beyond(side, figure, line) -%}
    {%- if side == 'above' -%}coalesce({{ figure }} > {{ line }} + {{ tolerance() }}, false)
    {%- else -%}coalesce({{ figure }} < {{ line }} - {{ tolerance() }}, false)
    {%- endif -%}
{%- endmacro %}
