-- The day from which a level of a province takes part in a form. A report also begins the levels above its unit: a province whose
-- communes report owes its own report, but the communes of a province that sends only its own totals owe nothing. A yearly or
-- phase figure is no beginning, since figures published about the past have these types; nor is a single report years before the
-- next, since its year is mistyped.
with

units as (

    select * from {{ ref('int_units') }}

),

provinces as (

    select
        unit_key,
        series_key
    from units
    where level = 'province'

),

levels as (

    select distinct
        series_key,
        reporting_level
    from units
    where level <> 'country'

),

all_levels as (

    select distinct reporting_level from levels

),

levels_begun as (

    select distinct
        ancestors.unit_key,
        levels.reporting_level as level
    from {{ ref('int_unit_ancestors') }} as ancestors
    inner join levels on levels.series_key = ancestors.ancestor_series_key

),

submissions as (

    select * from {{ ref('int_submissions') }}
    where is_accepted

),

periods as (

    select * from {{ ref('int_periods') }}

),

-- A merged province takes part in each form in which one of its predecessors took part.
province_lines as (

    select
        unit_key,
        series_key
    from provinces
    union distinct
    select
        provinces.unit_key,
        successors.series_key
    from provinces
    inner join {{ ref('int_unit_paths_to_current') }} as paths on paths.from_unit_key = provinces.unit_key
    inner join provinces as successors on successors.unit_key = paths.to_unit_key

),

reported_periods as (

    select distinct
        province_lines.series_key,
        submissions.form,
        levels_begun.level,
        periods.period_end_date
    from submissions
    inner join periods on periods.period_code = submissions.period_code
    inner join units on units.unit_key = submissions.unit_key
    inner join levels_begun on levels_begun.unit_key = submissions.unit_key
    inner join province_lines on province_lines.unit_key = units.province_unit_key
    where periods.period_type not in ('year', 'phase')

),

with_next as (

    select
        *,
        lead(period_end_date) over (partition by series_key, form, level order by period_end_date) as next_period_end_date
    from reported_periods

),

last_pauses as (

    select
        series_key,
        form,
        level,
        max(next_period_end_date) as period_end_date
    from with_next
    where {{ days_between('period_end_date', 'next_period_end_date') }} > {{ longest_pause_days() }}
    group by series_key, form, level

),

concluded as (

    select
        reported_periods.series_key,
        reported_periods.form,
        reported_periods.level,
        min(reported_periods.period_end_date) as start_date
    from reported_periods
    left join last_pauses
        on last_pauses.series_key = reported_periods.series_key
            and last_pauses.form = reported_periods.form
            and last_pauses.level = reported_periods.level
    where last_pauses.period_end_date is null or reported_periods.period_end_date >= last_pauses.period_end_date
    group by reported_periods.series_key, reported_periods.form, reported_periods.level

),

decided as (

    select
        units.series_key,
        units.level as scope_level,
        starts.form,
        all_levels.reporting_level as level,
        starts.start_date,
        case when starts.level is null then 1 else 0 end as is_of_every_level
    from {{ ref('reporting_starts') }} as starts
    inner join units on units.unit_key = starts.scope_unit_key
    inner join all_levels on starts.level is null or all_levels.reporting_level = starts.level

),

-- Smaller rank goes first.
candidates as (

    select
        series_key,
        form,
        level,
        start_date,
        1 + is_of_every_level as scope_rank
    from decided
    where scope_level = 'province'
    union all
    select distinct
        provinces.series_key,
        decided.form,
        decided.level,
        decided.start_date,
        3 + decided.is_of_every_level as scope_rank
    from decided
    cross join provinces
    where decided.scope_level = 'country'
    union all
    select
        series_key,
        form,
        level,
        start_date,
        5 as scope_rank
    from concluded

),

ranked as (

    select
        *,
        row_number() over (partition by series_key, form, level order by scope_rank) as choice
    from candidates

)

select
    series_key as province_series_key,
    form,
    level,
    start_date
from ranked
where choice = 1
