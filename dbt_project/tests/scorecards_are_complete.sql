-- A criterion in steps has steps, no step gives more points than its criterion has, and every scorecard has a band from 0 on.
with

best_steps as (

    select
        scorecard_code,
        criterion_code,
        max(points) as best_points
    from {{ ref('dim_scorecard_steps') }}
    group by scorecard_code, criterion_code

),

lowest_bands as (

    select
        scorecard_code,
        min(min_score) as lowest_score
    from {{ ref('dim_scorecard_bands') }}
    group by scorecard_code

)

select
    criteria.scorecard_code,
    criteria.criterion_code as wrong_part
from {{ ref('dim_scorecard_criteria') }} as criteria
left join best_steps
    on best_steps.scorecard_code = criteria.scorecard_code and best_steps.criterion_code = criteria.criterion_code
where
    (criteria.rule = 'in_steps' and (best_steps.best_points is null or best_steps.best_points > criteria.max_points))
    or (criteria.rule <> 'in_steps' and best_steps.best_points is not null)
union all
select
    scorecards.scorecard_code,
    'bands' as wrong_part
from {{ ref('dim_scorecards') }} as scorecards
left join lowest_bands on lowest_bands.scorecard_code = scorecards.scorecard_code
where lowest_bands.lowest_score is null or lowest_bands.lowest_score > 0
