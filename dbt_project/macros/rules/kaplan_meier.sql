{#-
    CTEs that end in `kaplan_meier_medians`: the Kaplan–Meier median by group, that is the least number of days after which at most half
    are still in their step; null when the curve never falls so low.

    `spells` is a CTE with the group's columns, days_in_step and is_finished; what is not finished is cut off (censored) at its days.
-#}
{% macro kaplan_meier_medians(spells, group_columns) -%}
{%- set group_list = group_columns | join(', ') -%}
{#- A half reached by products of fractions in floating point may lie this much off. -#}
{%- set half = '0.5 + 1e-9' -%}
spells_by_day as (

    select
        {{ group_list }},
        days_in_step,
        count(*) as spell_count,
        count(case when is_finished then 1 end) as finished_count
    from {{ spells }}
    group by {{ group_list }}, days_in_step

),

at_risk as (

    select
        *,
        sum(spell_count) over (
            partition by {{ group_list }} order by days_in_step desc rows between unbounded preceding and current row
        ) as at_risk_count
    from spells_by_day

),

survival as (

    select
        *,
        max(case when finished_count = at_risk_count then 1 else 0 end) over day_by_day = 1 as is_over,
        exp(sum(
            case when finished_count < at_risk_count then ln(1 - finished_count / cast(at_risk_count as double)) else 0 end
        ) over day_by_day) as survival_ratio
    from at_risk
    window day_by_day as (
        partition by {{ group_list }} order by days_in_step rows between unbounded preceding and current row
    )

),

kaplan_meier_medians as (

    select
        {{ group_list }},
        min(case when is_over or survival_ratio <= {{ half }} then days_in_step end) as median_days
    from survival
    group by {{ group_list }}

)
{%- endmacro %}
