with

points as (

    select * from {{ ref('rpt_scorecard_points') }}

),

scorecards as (

    select * from {{ ref('int_scorecards') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

bands as (

    select
        scorecard_code,
        band,
        min_score,
        coalesce(
            lead(min_score) over (partition by scorecard_code order by min_score), {{ above_every_score() }}
        ) as next_min_score
    from {{ ref('dim_scorecard_bands') }}

),

summed as (

    select
        scorecard_code,
        unit_key,
        period_code,
        sum(points) as points,
        sum(case when points is not null then max_points else 0 end) as max_points,
        sum(max_points) as scorecard_max_points,
        count(*) as criteria_count,
        count(case when points is null then 1 end) as missing_count,
        {{ joined_texts('case when points is null then criterion_code end') }} as missing_criteria,
        bool_or(is_simulated) as is_simulated
    from points
    group by scorecard_code, unit_key, period_code

),

scored as (

    select
        *,
        max_points / scorecard_max_points as judged_ratio,
        points / nullif(max_points, 0) as score_ratio,
        coalesce(points, 0) / scorecard_max_points as score_ratio_low,
        (coalesce(points, 0) + scorecard_max_points - max_points) / scorecard_max_points as score_ratio_high
    from summed

)

select
    scored.scorecard_code,
    scorecards.scorecard_name_vi,
    scorecards.scorecard_name_en,
    scored.unit_key,
    units.unit_name,
    units.level,
    units.parent_unit_key,
    units.parent_unit_name,
    units.province_code,
    units.current_province_code,
    scored.period_code,
    periods.period_end_date,
    scored.points,
    scored.max_points,
    scored.scorecard_max_points,
    scored.judged_ratio,
    scored.score_ratio,
    scored.score_ratio_low,
    scored.score_ratio_high,
    case when scored.judged_ratio >= scorecards.min_judged_ratio - {{ tolerance() }} then bands.band end as band,
    scored.missing_count > 0 as is_provisional,
    scored.missing_criteria,
    scored.missing_count,
    scored.criteria_count,
    scored.is_simulated
from scored
inner join scorecards on scorecards.scorecard_code = scored.scorecard_code
inner join units on units.unit_key = scored.unit_key
inner join {{ ref('int_periods') }} as periods on periods.period_code = scored.period_code
left join bands
    on bands.scorecard_code = scored.scorecard_code
        and 100 * scored.score_ratio >= bands.min_score - {{ tolerance() }}
        and 100 * scored.score_ratio < bands.next_min_score - {{ tolerance() }}
order by scored.scorecard_code, scored.period_code, units.province_code, scored.unit_key
