-- A later accepted report of the same unit and period replaces the earlier one whole, divisions that it no longer names included.
with

ratings as (

    select * from {{ ref('stg_raw__ratings') }}

),

current_submissions as (

    select
        submission_id,
        is_simulated
    from {{ ref('int_submissions') }}
    where is_accepted and superseded_at is null

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
    current_submissions.is_simulated,
    ratings.submission_id,
    ratings.sheet,
    ratings.row_number
from ratings
inner join current_submissions on current_submissions.submission_id = ratings.submission_id
left join successors on successors.unit_key = ratings.unit_key
order by ratings.unit_key, ratings.period_code, ratings.division
