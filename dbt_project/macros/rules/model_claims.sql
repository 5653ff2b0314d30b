{#- Days before its registration in which a model's first step may have been taken. Two models with one code are told apart by it. -#}
{% macro days_before_registration() %}30{% endmacro %}

{#- Whether a model was registered by the day of an event, or soon enough after it for the event to be the survey before. -#}
{% macro is_registered_by(registered_date, event_date) -%}
    {{ registered_date }} <= {{ add_days(event_date, days_before_registration()) }}
{%- endmacro %}
