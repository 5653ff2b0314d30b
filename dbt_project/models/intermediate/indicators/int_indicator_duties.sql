-- A panel is published for every province, so every province is expected in it.
with

reporting_duties as (

    select
        indicator_code,
        level,
        coalesce(valid_from, date '1900-01-01') as valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from {{ ref('reporting_duties') }}

),

panel_duties as (

    select
        indicator_code,
        'province' as level,
        date '1900-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from {{ ref('panel_indicators') }}

)

select * from reporting_duties
union all
select * from panel_duties
