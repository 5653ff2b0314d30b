-- Revisions are ordered by the time they were received, then by hash, so that a rebuild gives the same order. A part-
-- correction is a revision that replaces no report whole: its rows replace the rows with the same key alone.
with

submissions as (

    select * from {{ ref('stg_raw__submissions') }}

),

files as (

    select * from {{ ref('stg_raw__files') }}

),

joined as (

    select
        submissions.submission_id,
        submissions.file_sha256,
        submissions.form,
        submissions.unit_key,
        submissions.period_code,
        submissions.status,
        submissions.row_count,
        submissions.error_count,
        submissions.warning_count,
        submissions.sheet,
        submissions.is_part_correction,
        files.file_name,
        files.received_at,
        files.is_simulated,
        submissions.status in ('accepted', 'accepted_with_warnings') as is_accepted
    from submissions
    inner join files on files.file_sha256 = submissions.file_sha256

),

accepted_in_order as (

    select
        submission_id,
        row_number() over (
            partition by form, unit_key, period_code order by received_at, file_sha256
        ) as revision,
        min(case when not is_part_correction then received_at end) over (
            partition by form, unit_key, period_code
            order by received_at, file_sha256
            rows between 1 following and unbounded following
        ) as superseded_at
    from joined
    where is_accepted

)

select
    joined.*,
    accepted_in_order.revision,
    accepted_in_order.superseded_at
from joined
left join accepted_in_order on accepted_in_order.submission_id = joined.submission_id
