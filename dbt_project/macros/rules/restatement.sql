{#- Whether a figure is another than before: known in one only, or further apart than rounding in another order of adding up. -#}
{% macro is_another_figure(before, now) -%}
    coalesce(abs({{ now }} - {{ before }}) > {{ tolerance() }} * greatest(1.0, abs({{ before }})), ({{ before }} is null) <> ({{ now }} is null))
{%- endmacro %}
