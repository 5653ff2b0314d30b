-- How many units could have registered a model: as reported those of int_model_unit_lines, on boundaries of today the units of
-- today.
with

units as (

    select * from {{ ref('int_units') }}

),

periods as (

    select * from {{ ref('int_model_periods') }}

),

as_reported as (

    select
        'as_reported' as lens,
        unit_key,
        period_code,
        count(distinct counted_series_key) as units_total
    from {{ ref('int_model_unit_lines') }}
    group by unit_key, period_code

),

todays_totals as (

    select
        scopes.unit_key,
        count(distinct members.series_key) as units_total
    from {{ ref('int_unit_ancestors') }} as ancestors
    inner join units as members on members.unit_key = ancestors.unit_key
    inner join units as scopes on scopes.series_key = ancestors.ancestor_series_key
    where members.level <> 'country' and members.is_current and scopes.is_current
    group by scopes.unit_key

),

current_boundaries as (

    select
        'current_boundaries' as lens,
        todays_totals.unit_key,
        periods.period_code,
        todays_totals.units_total
    from todays_totals
    cross join periods

),

unchanged_units as (

    select
        'unchanged_units' as lens,
        current_boundaries.unit_key,
        current_boundaries.period_code,
        current_boundaries.units_total
    from current_boundaries
    inner join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = current_boundaries.unit_key

)

select * from as_reported
union all
select * from current_boundaries
union all
select * from unchanged_units
