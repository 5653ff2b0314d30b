-- A criterion lives as long as its scorecard unless it has dates of its own.
with

scorecards as (

    select * from {{ ref('int_scorecards') }}

),

criteria as (

    select * from {{ ref('scorecard_criteria') }}

)

select
    criteria.scorecard_code,
    scorecards.scorecard_name_vi,
    scorecards.scorecard_name_en,
    criteria.criterion_code,
    criteria.criterion_name_vi,
    criteria.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    cast(criteria.max_points as double) as max_points,
    criteria.rule,
    criteria.target_operator,
    cast(criteria.target_value as double) as target_value,
    cast(criteria.min_cases as double) as min_cases,
    coalesce(criteria.valid_from, scorecards.valid_from) as valid_from,
    coalesce(criteria.valid_to, scorecards.valid_to) as valid_to,
    criteria.source
from criteria
inner join scorecards on scorecards.scorecard_code = criteria.scorecard_code
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = criteria.indicator_code
order by criteria.scorecard_code, criteria.criterion_code, criteria.valid_from
