{#- Days within which a document should have reached the grassroots; a proposal, as no source sets one for all documents. -#}
{% macro dissemination_limit_days() %}15{% endmacro %}

{#- Whether a number of days lies in a bucket. -#}
{% macro is_of_age(days, first_day, last_day) -%}
    {{ days }} >= {{ first_day }}{% if last_day is not none %} and {{ days }} <= {{ last_day }}{% endif %}
{%- endmacro %}

{#- The column that counts open items of a bucket, such as open_31_90_days_count. -#}
{% macro age_bucket_column(first_day, last_day) -%}
    open_{{ first_day }}_{{ 'or_more' if last_day is none else last_day }}_days_count
{%- endmacro %}

{#- What stands in place of a type, source, division or level in the row that holds all of them. -#}
{% macro all_of_them() %}'all'{% endmacro %}
