-- Every unit that a scorecard binds has a row for each of its criteria, in each period of which any unit of the same province, or
-- for provinces of the country, reported any of them: silent units then stand beside the others.
with

expected as (

    select
        bound.scorecard_code,
        bound.period_code,
        bound.unit_key,
        bound.group_unit_key,
        criteria.scorecard_name_vi,
        criteria.scorecard_name_en,
        criteria.criterion_code,
        criteria.criterion_name_vi,
        criteria.indicator_code,
        criteria.indicator_name_vi,
        criteria.indicator_name_en,
        criteria.max_points,
        criteria.rule,
        criteria.target_operator as own_target_operator,
        criteria.target_value as own_target_value,
        criteria.min_cases
    from {{ ref('int_scorecard_units') }} as bound
    inner join {{ ref('dim_scorecard_criteria') }} as criteria
        on criteria.scorecard_code = bound.scorecard_code
            and (criteria.valid_from is null or criteria.valid_from <= bound.period_end_date)
            and (criteria.valid_to is null or criteria.valid_to >= bound.period_end_date)

),

reported as (

    select
        expected.scorecard_code,
        expected.period_code,
        expected.unit_key,
        expected.group_unit_key,
        expected.criterion_code,
        series.value,
        series.denominator,
        series.previous_value,
        series.target_operator,
        series.target_value,
        series.is_target_simulated,
        series.is_simulated
    from expected
    inner join {{ ref('rpt_indicator_series') }} as series
        on series.lens = 'as_reported'
            and series.unit_key = expected.unit_key
            and series.indicator_code = expected.indicator_code
            and series.period_code = expected.period_code
            and series.value is not null

),

-- The best step that a figure has reached, where points are given in steps.
step_points as (

    select
        reported.scorecard_code,
        reported.period_code,
        reported.unit_key,
        reported.criterion_code,
        max(steps.points) as points
    from reported
    inner join {{ ref('dim_scorecard_steps') }} as steps
        on steps.scorecard_code = reported.scorecard_code
            and steps.criterion_code = reported.criterion_code
            and {{ is_on_good_side('reported.value', 'steps.operator', 'steps.value', 'null') }}
    group by reported.scorecard_code, reported.period_code, reported.unit_key, reported.criterion_code

),

scored_groups as (

    select distinct
        scorecard_code,
        period_code,
        group_unit_key
    from reported

),

-- The criterion's own target goes before the unit's.
with_targets as (

    select
        expected.scorecard_code,
        expected.unit_key,
        expected.period_code,
        expected.scorecard_name_vi,
        expected.scorecard_name_en,
        expected.criterion_code,
        expected.criterion_name_vi,
        expected.indicator_code,
        expected.indicator_name_vi,
        expected.indicator_name_en,
        expected.rule,
        expected.max_points,
        reported.value,
        coalesce(reported.denominator < expected.min_cases, false) as is_of_too_few_cases,
        reported.previous_value,
        case
            when expected.rule = 'in_steps' then null
            when expected.own_target_operator is not null then expected.own_target_operator
            else reported.target_operator
        end as target_operator,
        case
            when expected.rule = 'in_steps' then null
            when expected.own_target_operator is not null then expected.own_target_value
            else reported.target_value
        end as target_value,
        step_points.points as step_points,
        coalesce(reported.is_simulated, false)
        or (
            coalesce(reported.is_target_simulated, false)
            and expected.rule <> 'in_steps' and expected.own_target_operator is null
        ) as is_simulated
    from expected
    inner join scored_groups
        on scored_groups.scorecard_code = expected.scorecard_code
            and scored_groups.period_code = expected.period_code
            and scored_groups.group_unit_key = expected.group_unit_key
    left join reported
        on reported.scorecard_code = expected.scorecard_code
            and reported.period_code = expected.period_code
            and reported.unit_key = expected.unit_key
            and reported.criterion_code = expected.criterion_code
    left join step_points
        on step_points.scorecard_code = expected.scorecard_code
            and step_points.period_code = expected.period_code
            and step_points.unit_key = expected.unit_key
            and step_points.criterion_code = expected.criterion_code

),

judged as (

    select
        *,
        case
            when not is_of_too_few_cases then {{ points_earned(
                'rule', 'value', 'target_operator', 'target_value', 'previous_value', 'max_points', 'step_points'
            ) }}
        end as points
    from with_targets

)

select
    judged.scorecard_code,
    judged.scorecard_name_vi,
    judged.scorecard_name_en,
    judged.unit_key,
    units.unit_name,
    judged.period_code,
    periods.period_end_date,
    judged.criterion_code,
    judged.criterion_name_vi,
    judged.indicator_code,
    judged.indicator_name_vi,
    judged.indicator_name_en,
    judged.rule,
    judged.value,
    judged.target_operator,
    judged.target_value,
    judged.points,
    judged.max_points,
    case
        when judged.value is null then 'not_reported'
        when judged.is_of_too_few_cases then 'too_few_cases'
        when judged.points is null then 'no_target'
    end as missing_reason,
    judged.is_simulated
from judged
inner join {{ ref('int_units') }} as units on units.unit_key = judged.unit_key
inner join {{ ref('int_periods') }} as periods on periods.period_code = judged.period_code
order by judged.scorecard_code, judged.period_code, judged.unit_key, judged.criterion_code
