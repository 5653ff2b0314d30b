-- The scorecard of the nearest scope upward binds within a family, so that a province's decision precedes the country's.
with

scorecards as (

    select * from {{ ref('int_scorecards') }}

),

units as (

    select * from {{ ref('int_units') }}

),

periods as (

    select * from {{ ref('int_periods') }}
    where period_start_date <= {{ as_of_date() }}

),

scorecard_periods as (

    select
        scorecards.*,
        periods.period_code,
        periods.period_end_date
    from scorecards
    inner join periods
        on periods.period_type = scorecards.period_type
            and periods.period_end_date between scorecards.alive_from and scorecards.alive_to

),

candidates as (

    select
        scorecard_periods.scorecard_code,
        scorecard_periods.period_code,
        scorecard_periods.period_end_date,
        units.unit_key,
        case when units.level = 'province' then units.parent_unit_key else units.province_unit_key end as group_unit_key,
        row_number() over (
            partition by scorecard_periods.family_code, scorecard_periods.period_code, units.unit_key
            order by ancestors.distance asc, scorecard_periods.alive_from desc, scorecard_periods.scorecard_code asc
        ) as nearness
    from scorecard_periods
    inner join {{ ref('int_unit_ancestors') }} as ancestors
        on ancestors.ancestor_series_key = scorecard_periods.scope_series_key
    inner join units
        on units.unit_key = ancestors.unit_key
            and units.level = scorecard_periods.level
            and scorecard_periods.period_end_date between units.alive_from and units.alive_to

)

select
    scorecard_code,
    period_code,
    period_end_date,
    unit_key,
    group_unit_key
from candidates
where nearness = 1
