with

ratings as (

    select * from {{ ref('int_ratings') }}

),

successors as (

    select * from {{ ref('int_single_successors') }}

)

select
    ratings.unit_key,
    successors.current_unit_key,
    ratings.unit_code,
    ratings.period_code,
    ratings.period_code as period,
    ratings.division,
    ratings.rated_count,
    ratings.outstanding_count,
    ratings.good_count,
    ratings.completed_count,
    ratings.not_completed_count,
    ratings.rewarded_count,
    ratings.disciplined_count,
    case
        when ratings.rated_count > 0
            then cast(ratings.outstanding_count + ratings.good_count as double) / ratings.rated_count
    end as good_or_better_ratio,
    ratings.is_simulated,
    ratings.submission_id,
    ratings.sheet,
    ratings.row_number
from ratings
left join successors on successors.unit_key = ratings.unit_key
order by ratings.unit_key, ratings.period_code, ratings.division
