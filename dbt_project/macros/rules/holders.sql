{#- Rows of records, each with the unit that holds it at the end of its period: the reporting unit while it is alive, then the one
    that took it over whole; where it was split or, like a district, has no successor, its province of that time. A part of a record
    cannot be handed on. Expects the columns unit_key and epoch_start_date; the holder is `holder_unit_key`. -#}
{% macro with_holders(records) -%}
select
        {{ records }}.*,
        coalesce(heirs.to_unit_key, provinces.to_unit_key) as holder_unit_key
    from {{ records }}
    inner join {{ ref('int_units') }} as reporting_units on reporting_units.unit_key = {{ records }}.unit_key
    left join {{ ref('int_unit_descents') }} as heirs
        on heirs.from_unit_key = {{ records }}.unit_key
            and heirs.epoch_start_date = {{ records }}.epoch_start_date
            and heirs.share > 1 - {{ tolerance() }}
    left join {{ ref('int_unit_descents') }} as provinces
        on provinces.from_unit_key = reporting_units.province_unit_key
            and provinces.epoch_start_date = {{ records }}.epoch_start_date
            and provinces.share > 1 - {{ tolerance() }}
{%- endmacro %}
