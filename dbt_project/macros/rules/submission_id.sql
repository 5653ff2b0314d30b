{#- A submission's id, which in the raw store is a number, as 16 hex digits: a text that no tool rounds. -#}
{% macro submission_id() -%}
    lpad(lower(hex(submission_id)), 16, '0')
{%- endmacro %}
