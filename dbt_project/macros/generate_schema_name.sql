{#- Schemas are named after rooms (staging, intermediate, marts, seeds), without the target's own name in front. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
