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

{#- The value of a type, source, division or level in the row that sums all of them. -#}
{% macro all_of_them() %}'all'{% endmacro %}

{#- Records in each lens and each unit in which they count on their day, with the unit that counts as having reported them. -#}
{% macro records_in_scopes(records, day, unit_key='unit_key') -%}
select
        scopes.lens,
        scopes.scope_unit_key,
        scopes.home_unit_key,
        {{ records }}.*
    from {{ records }}
    inner join {{ ref('int_record_scopes') }} as scopes
        on scopes.unit_key = {{ records }}.{{ unit_key }}
            and {{ records }}.{{ day }} between scopes.first_date and scopes.last_date
{%- endmacro %}

{#- The columns of the unit of a count: `units` is the row of dim_units for its scope. -#}
{% macro scope_columns() -%}
units.level,
    counted.scope_unit_key as unit_key,
    units.unit_name,
    units.parent_unit_key,
    units.parent_unit_name,
    units.province_code,
    units.current_province_code
{%- endmacro %}

{#- Joins to the unit that a record names by its code: the unit that had the code on that day or, where none had, the unit that has
    it now. A code names one unit at a time. `named_unit_key` is that unit's key. -#}
{% macro join_named_unit(alias, code, day) -%}
left join {{ ref('int_units') }} as {{ alias }}_then
    on {{ alias }}_then.unit_code = {{ code }}
        and {{ day }} between {{ alias }}_then.alive_from and {{ alias }}_then.alive_to
left join {{ ref('int_units') }} as {{ alias }}_now
    on {{ alias }}_now.unit_code = {{ code }} and {{ alias }}_now.is_current
{%- endmacro %}

{#- The key of a unit joined by `join_named_unit`. -#}
{% macro named_unit_key(alias) -%}coalesce({{ alias }}_then.unit_key, {{ alias }}_now.unit_key){%- endmacro %}

{#- Whether a document has to be passed on: one received has, one of the unit's own only where it names whom it has to reach. -#}
{% macro is_to_disseminate(row) -%}
coalesce({{ row }}.document_origin, 'received') = 'received'
        or coalesce({{ row }}.organisations_total, 0) > 0
        or {{ row }}.disseminated_date is not null
{%- endmacro %}

{#- Whether a dated row of a seed holds on a day. -#}
{% macro is_in_force(row, day) -%}
{{ day }} >= coalesce({{ row }}.valid_from, date '1900-01-01') and {{ day }} <= coalesce({{ row }}.valid_to, date '9999-12-31')
{%- endmacro %}
