-- Which target binds: valid at the period's end, and the nearest scope upward from the unit.
with

series as (

    select
        lens,
        unit_key,
        indicator_code,
        period_code,
        period_end_date
    from {{ ref('int_series') }}

),

candidates as (

    select
        series.lens,
        series.unit_key,
        series.indicator_code,
        series.period_code,
        targets.operator,
        targets.target_value,
        targets.is_simulated as is_target_simulated,
        row_number() over (
            partition by series.lens, series.unit_key, series.indicator_code, series.period_code
            order by ancestors.distance asc, targets.alive_from desc, targets.source asc
        ) as nearness
    from series
    inner join {{ ref('int_unit_ancestors') }} as ancestors on ancestors.unit_key = series.unit_key
    inner join {{ ref('int_targets') }} as targets
        on targets.indicator_code = series.indicator_code
            and targets.scope_series_key = ancestors.ancestor_series_key
            and series.period_end_date between targets.alive_from and targets.alive_to

)

select
    lens,
    unit_key,
    indicator_code,
    period_code,
    operator,
    target_value,
    is_target_simulated
from candidates
where nearness = 1
