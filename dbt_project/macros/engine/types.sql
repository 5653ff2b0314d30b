{#- A type as the project's yml writes it, in the engine's own words: text without a length is not the same word everywhere. -#}
{% macro engine_type(type) -%}{{ return(adapter.dispatch('engine_type', 'dan_van')(type)) }}{%- endmacro %}
{% macro default__engine_type(type) -%}{{ return(type) }}{%- endmacro %}
{% macro spark__engine_type(type) -%}{{ return('string' if type | lower == 'varchar' else type) }}{%- endmacro %}

{#- dbt's own macro, which contracts go through. -#}
{% macro spark__cast(field, type) -%}cast({{ field }} as {{ engine_type(type) }}){%- endmacro %}

{#- Engines count in whole numbers of different widths: a contract asks for a whole number, and the table gets the width it names.
    DuckDB holds every type to the letter. -#}
{% macro spark__format_column(column) -%}
    {%- set data_type = 'bigint' if column.dtype == 'int' else column.dtype -%}
    {{ return({'name': column.name, 'data_type': data_type, 'formatted': column.column | lower ~ ' ' ~ data_type}) }}
{%- endmacro %}
{% macro spark__get_column_names() -%}
    {%- for column in model['columns'].values() -%}
        {%- if column['data_type'] in ('bigint', 'integer') -%}
            cast({{ column['name'] }} as {{ column['data_type'] }}) as {{ column['name'] }}
        {%- else -%}
            {{ column['name'] }}
        {%- endif -%}
        {{- ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- Models write text as varchar, the word of the standard; Spark's varchar wants a length, its word for text is string. -#}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {{ dbt.spark__create_table_as(temporary, relation, modules.re.sub('\\bas varchar\\)', 'as string)', compiled_code), language) }}
{%- endmacro %}
{% macro spark__create_view_as(relation, sql) -%}
    {{ dbt.spark__create_view_as(relation, modules.re.sub('\\bas varchar\\)', 'as string)', sql)) }}
{%- endmacro %}
