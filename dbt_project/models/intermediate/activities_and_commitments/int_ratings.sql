-- A later accepted report of the same unit and period replaces the earlier one whole, divisions that it no longer names included.
select
    ratings.*,
    submissions.is_simulated
from {{ ref('stg_raw__ratings') }} as ratings
inner join {{ ref('int_submissions') }} as submissions
    on submissions.submission_id = ratings.submission_id
        and submissions.is_accepted
        and submissions.superseded_at is null
