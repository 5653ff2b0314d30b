-- An activity counts as planned in the month of its planned day and as held in the month in which it was held: two rows of
-- occurrences, so that an activity that slipped into the next month is late there and not lost.
with

activities as (

    select * from {{ ref('fct_activities') }}

),

occurrences as (

    select
        unit_key,
        activity_type,
        planned_date as counted_date,
        {{ month_of('planned_date') }} as period_code,
        true as is_plan,
        is_held,
        is_overdue,
        is_held and {{ month_of('activity_date') }} = {{ month_of('planned_date') }} as is_held_in_month,
        is_planned,
        cast(null as bigint) as participants,
        cast(null as varchar) as subject_unit_key,
        0 as conclusion_count,
        0 as closed_conclusion_count,
        0 as overdue_conclusion_count,
        is_simulated
    from activities
    where is_planned
    union all
    select
        unit_key,
        activity_type,
        activity_date as counted_date,
        {{ month_of('activity_date') }} as period_code,
        false as is_plan,
        is_held,
        is_overdue,
        true as is_held_in_month,
        is_planned,
        participants,
        subject_unit_key,
        conclusion_count,
        closed_conclusion_count,
        overdue_conclusion_count,
        is_simulated
    from activities
    where is_held

),

placed as (

    {{ records_in_scopes('occurrences', 'counted_date') }}

),

counted as (

    select
        lens,
        scope_unit_key,
        coalesce(activity_type, {{ all_of_them() }}) as activity_type,
        period_code,
        count(case when is_plan then 1 end) as planned_count,
        count(case when is_plan and is_held then 1 end) as planned_held_count,
        count(case when is_plan and is_held_in_month then 1 end) as held_in_month_count,
        count(case when is_plan and is_overdue then 1 end) as overdue_count,
        count(case when not is_plan then 1 end) as held_count,
        count(case when not is_plan and not is_planned then 1 end) as unplanned_held_count,
        cast(sum(participants) as bigint) as participants,
        count(participants) as participants_known_count,
        count(distinct subject_unit_key) as subject_unit_count,
        cast(sum(conclusion_count) as bigint) as conclusion_count,
        cast(sum(closed_conclusion_count) as bigint) as closed_conclusion_count,
        cast(sum(overdue_conclusion_count) as bigint) as overdue_conclusion_count,
        count(distinct home_unit_key) as reporting_units,
        bool_or(is_simulated) as is_simulated
    from placed
    group by grouping sets (
        (lens, scope_unit_key, period_code, activity_type),
        (lens, scope_unit_key, period_code)
    )

)

select
    counted.lens,
    {{ scope_columns() }},
    counted.activity_type,
    counted.activity_type = {{ all_of_them() }} as is_total,
    counted.period_code,
    periods.period_end_date,
    counted.planned_count,
    counted.planned_held_count,
    counted.held_in_month_count,
    counted.overdue_count,
    counted.planned_count - counted.planned_held_count - counted.overdue_count as not_yet_due_count,
    counted.planned_held_count
    / nullif(cast(counted.planned_held_count + counted.overdue_count as double), 0) as planned_held_ratio,
    counted.held_count,
    counted.unplanned_held_count,
    counted.participants,
    counted.participants_known_count,
    counted.subject_unit_count,
    counted.conclusion_count,
    counted.closed_conclusion_count,
    counted.overdue_conclusion_count,
    counted.reporting_units,
    counted.is_simulated
from counted
inner join {{ ref('dim_units') }} as units on units.unit_key = counted.scope_unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = counted.period_code
order by counted.lens, units.level, counted.scope_unit_key, counted.activity_type, counted.period_code
