{#
  Create each table under its own name. dbt-duckdb's own materialization creates it under a working name, renames it and drops
  the table from before, so that readers never miss one. Nobody reads the file of a build before it is published, and the three
  statements are a quarter of a small build's time.
#}
{% materialization table, adapter="duckdb", supported_languages=["sql"] %}
  {%- set target_relation = this.incorporate(type="table") -%}
  {{ drop_relation_if_exists(load_cached_relation(this)) }}
  {% call statement("main") -%}
    {{ create_table_as(False, target_relation, compiled_code) }}
  {%- endcall %}
  {{ adapter.commit() }}
  {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
