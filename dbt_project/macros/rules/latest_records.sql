{#- A select with one row per record of a form: a later accepted one with the same key, from the unit or its renamed self, replaces it. -#}
{% macro latest_records(staged, key_columns) -%}
with

records as (

    select
        records.*,
        submissions.received_at,
        submissions.file_sha256,
        submissions.is_simulated,
        units.series_key
    from {{ staged }} as records
    inner join {{ ref('int_submissions') }} as submissions on submissions.submission_id = records.submission_id
    inner join {{ ref('int_units') }} as units on units.unit_key = records.unit_key

),

latest_first as (

    select
        *,
        row_number() over (
            partition by series_key, {{ key_columns | join(', ') }}
            order by received_at desc, file_sha256 desc, row_number desc, sheet desc
        ) as age_rank
    from records

)

select * from latest_first
where age_rank = 1
{%- endmacro %}
