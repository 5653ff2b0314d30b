-- A later accepted report of the same unit and period replaces the earlier one whole, divisions that it no longer names included.
-- A part-correction replaces only the divisions that it names; a row without a division is the row of the whole unit.
with

standing as (

    select
        ratings.*,
        coalesce(ratings.division, '') as division_key,
        submissions.is_simulated,
        submissions.revision,
        submissions.is_part_correction
    from {{ ref('stg_raw__ratings') }} as ratings
    inner join {{ ref('int_submissions') }} as submissions
        on submissions.submission_id = ratings.submission_id
            and submissions.is_accepted
            and submissions.superseded_at is null

),

last_corrections as (

    select
        unit_key,
        period_code,
        division_key,
        max(revision) as revision
    from standing
    where is_part_correction
    group by unit_key, period_code, division_key

)

select
    standing.submission_id,
    standing.sheet,
    standing.row_number,
    standing.unit_key,
    standing.period_code,
    standing.unit_code,
    standing.division,
    standing.rated_count,
    standing.outstanding_count,
    standing.good_count,
    standing.completed_count,
    standing.not_completed_count,
    standing.rewarded_count,
    standing.disciplined_count,
    standing.is_simulated
from standing
left join last_corrections
    on last_corrections.unit_key = standing.unit_key
        and last_corrections.period_code = standing.period_code
        and last_corrections.division_key = standing.division_key
where last_corrections.revision is null or last_corrections.revision = standing.revision
