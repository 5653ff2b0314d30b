{#- dbt-spark inserts a seed row by row and writes a missing cell as the word None; Spark reads the file itself instead, at once
    and with the types of the yml. The file must be within Spark's reach. -#}
{% macro spark__create_csv_table(model, agate_table) %}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set file_view = model['alias'] ~ '__file' -%}
    {% call statement('read_file') -%}
        create or replace temporary view {{ file_view }} using csv
        options (path '{{ model["root_path"] }}/{{ model["original_file_path"] }}', header 'true', multiLine 'true', escape '"')
    {%- endcall %}
    {% set sql -%}
        create table {{ this.render() }} using parquet as
        select
        {%- for column in agate_table.column_names %}
            cast({{ column }} as {{ engine_type(types.get(column, 'varchar')) }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
        from {{ file_view }}
    {%- endset %}
    {% call statement('_') -%}{{ sql }}{%- endcall %}
    {{ return(sql) }}
{% endmacro %}

{#- The rows were loaded with the table. -#}
{% macro spark__load_csv_rows(model, agate_table) %}{{ return('select 1') }}{% endmacro %}
