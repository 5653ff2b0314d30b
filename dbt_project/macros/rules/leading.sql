{#- Which of a reported and a recorded indicator is judged and stands first: the reported one where seed leading_figures says
    nothing. An indicator without a counterpart leads. `indicators` has the columns of int_indicators, `leaders` is the row of the
    seed that holds on the day. -#}
{% macro is_leading(indicators, leaders) -%}
    {{ indicators }}.counterpart_code is null or {{ indicators }}.source_kind = coalesce({{ leaders }}.source_kind, 'reported')
{%- endmacro %}

{#- The first and the last day of a seed's row, for `between`. -#}
{% macro span_of(rows) -%}
    coalesce({{ rows }}.valid_from, date '1900-01-01') and coalesce({{ rows }}.valid_to, date '9999-12-31')
{%- endmacro %}
