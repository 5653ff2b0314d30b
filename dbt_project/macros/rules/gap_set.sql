{#- The part of a gap that the smallest set of units holds: four fifths, the few that matter (Juran). -#}
{% macro gap_set_ratio() %}0.8{% endmacro %}
