with

-- A criterion has one name, whatever its dates.
criteria as (

    select
        scorecard_code,
        criterion_code,
        max(scorecard_name_vi) as scorecard_name_vi,
        max(scorecard_name_en) as scorecard_name_en,
        max(criterion_name_vi) as criterion_name_vi
    from {{ ref('dim_scorecard_criteria') }}
    group by scorecard_code, criterion_code

)

select
    steps.scorecard_code,
    criteria.scorecard_name_vi,
    criteria.scorecard_name_en,
    steps.criterion_code,
    criteria.criterion_name_vi,
    steps.operator,
    cast(steps.value as double) as value,
    cast(steps.points as double) as points,
    steps.source
from {{ ref('scorecard_steps') }} as steps
inner join criteria on criteria.scorecard_code = steps.scorecard_code and criteria.criterion_code = steps.criterion_code
order by steps.scorecard_code asc, steps.criterion_code asc, steps.points desc
