{{ config(materialized='view') }}
-- The view reads published tables alone and names no database, so that a release takes it over unchanged. A unit is compared with
-- the others of its group: its own cases are taken off the group's.
with

figures as (

    select * from {{ ref('rpt_indicator_series').include(database=false) }}
    where is_rate and value is not null

),

members as (

    select * from {{ ref('dim_unit_groups').include(database=false) }}

),

group_values as (

    select * from {{ ref('rpt_group_values').include(database=false) }}

),

beside as (

    select
        figures.*,
        group_values.group_type,
        group_values.group_code,
        group_values.group_name_vi,
        group_values.group_name_en,
        group_values.figure_units - 1 as others_units,
        group_values.numerator - figures.numerator as others_numerator,
        group_values.denominator - figures.denominator as others_denominator
    from figures
    inner join members
        on members.unit_key = figures.unit_key
            and (
                (figures.lens = 'current_boundaries' and members.is_current)
                or (
                    figures.lens = 'as_reported'
                    and figures.period_end_date >= coalesce(members.valid_from, date '1900-01-01')
                    and figures.period_end_date <= coalesce(members.valid_to, date '9999-12-31')
                )
            )
    inner join group_values
        on group_values.lens = figures.lens
            and group_values.scope_unit_key = members.scope_unit_key
            and group_values.group_type = members.group_type
            and group_values.group_code = members.group_code
            and group_values.indicator_code = figures.indicator_code
            and group_values.period_code = figures.period_code

),

valued as (

    select
        *,
        {{ percentage('others_numerator', 'others_denominator') }} as others_value,
        {{ wilson_limit('others_numerator', 'others_denominator', '-') }} as others_low,
        {{ wilson_limit('others_numerator', 'others_denominator', '+') }} as others_high
    from beside
    where others_denominator > 0

)

select
    lens,
    unit_key,
    unit_name,
    level,
    group_type,
    group_code,
    group_name_vi,
    group_name_en,
    indicator_code,
    indicator_name_vi,
    indicator_name_en,
    unit,
    unit_en,
    direction,
    is_rate,
    period_code,
    period_type,
    period_end_date,
    numerator,
    denominator,
    value,
    value_low,
    value_high,
    others_units,
    others_numerator,
    others_denominator,
    others_value,
    others_low,
    others_high,
    case
        when value_low > others_high then 'above'
        when value_high < others_low then 'below'
        else 'not_apart'
    end as comparison,
    is_estimated,
    is_simulated
from valued
