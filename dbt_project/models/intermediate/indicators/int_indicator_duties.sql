-- A panel is published for every province, so every province is expected in it. What is counted from a form is expected of those
-- who owe the form.
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

),

recorded_duties as (

    select
        recorded.indicator_code,
        form_duties.level,
        coalesce(form_duties.valid_from, date '1900-01-01') as valid_from,
        coalesce(form_duties.valid_to, date '9999-12-31') as valid_to
    from {{ ref('recorded_indicators') }} as recorded
    inner join {{ ref('form_duties') }} as form_duties
        on form_duties.form = recorded.form and form_duties.period_type = recorded.frequency

)

select * from reporting_duties
union all
select * from panel_duties
union all
select * from recorded_duties
