{#- Every whole number from the first to the last, one row each: the one column of a select. -#}
{% macro each_whole_number(first, last) -%}{{ return(adapter.dispatch('each_whole_number', 'dan_van')(first, last)) }}{%- endmacro %}
{% macro default__each_whole_number(first, last) -%}unnest(range({{ first }}, {{ last }} + 1)){%- endmacro %}
{% macro spark__each_whole_number(first, last) -%}explode(sequence({{ first }}, {{ last }})){%- endmacro %}

{#- A number in English form, so many decimals: 1,234.5. -#}
{% macro number_with_commas(figure, decimals) -%}
    {{ return(adapter.dispatch('number_with_commas', 'dan_van')(figure, decimals)) }}
{%- endmacro %}
{% macro default__number_with_commas(figure, decimals) -%}format('{:,.{{ decimals }}f}', cast({{ figure }} as double)){%- endmacro %}
{% macro spark__number_with_commas(figure, decimals) -%}format_number({{ figure }}, {{ decimals }}){%- endmacro %}
