-- One row per accepted report of a target that follows an earlier one of the same unit and period: the keys of its rows by what
-- becomes of them. A row of form BC is a figure, with its indicator as the key; a row of form TX is a division.
with

pairs as (

    select
        submission_id,
        earlier_submission_id,
        earlier_arrival_number
    from context_standing
    where is_target

),

-- The content as one text: two figures are the same when all their parts are.
contents as (

    select
        submission_id,
        indicator_code as row_key,
        cast(
            [numerator, denominator, case when denominator is null then value end, cast(is_not_applicable as double)] as varchar
        ) as content
    from ledger_bc_rows
    union all
    select
        submission_id,
        coalesce(division, '') as row_key,
        cast(
            [
                rated_count, outstanding_count, good_count, completed_count, not_completed_count, rewarded_count,
                disciplined_count
            ] as varchar
        ) as content
    from ledger_tx_rows

),

needed as materialized (

    select contents.*
    from contents
    semi join (
        select submission_id from pairs
        union
        select earlier_submission_id as submission_id from pairs
    ) as asked on asked.submission_id = contents.submission_id

),

before as (

    select
        pairs.submission_id,
        pairs.earlier_submission_id,
        needed.row_key,
        needed.content
    from pairs
    inner join needed on needed.submission_id = pairs.earlier_submission_id
    qualify row_number() over (
        partition by pairs.submission_id, needed.row_key order by pairs.earlier_arrival_number desc
    ) = 1

),

now as (

    select needed.*
    from needed
    semi join pairs on pairs.submission_id = needed.submission_id

),

rows_of_both as (

    select
        coalesce(now.submission_id, before.submission_id) as submission_id,
        coalesce(now.row_key, before.row_key) as row_key,
        before.earlier_submission_id,
        case
            when before.row_key is null then 'added'
            when now.row_key is null then 'left_out'
            when now.content = before.content then 'same'
            else 'replaced'
        end as change
    from now
    full outer join before on before.submission_id = now.submission_id and before.row_key = now.row_key

),

changes as (

    select
        submission_id,
        coalesce(list(row_key order by row_key) filter (where change = 'replaced'), []) as replaced,
        coalesce(list(row_key order by row_key) filter (where change = 'left_out'), []) as left_out,
        coalesce(list(row_key order by row_key) filter (where change = 'added'), []) as added,
        count(*) filter (where change = 'same') as same_count
    from rows_of_both
    group by submission_id

),

-- The files whose figures stood until now.
earlier_files as (

    select
        stood.submission_id,
        list(
            {'sha256': files.file_sha256, 'name': files.file_name, 'received_at': files.received_at} order by files.arrival_number
        ) as earlier
    from (select distinct submission_id, earlier_submission_id from before) as stood
    inner join context_submissions as submissions on submissions.submission_id = stood.earlier_submission_id
    inner join context_files as files on files.arrival_number = submissions.arrival_number
    group by stood.submission_id

)

select
    files.file_sha256,
    submissions.form,
    submissions.unit_key,
    submissions.period_code,
    submissions.is_part_correction,
    changes.replaced,
    changes.left_out,
    changes.added,
    changes.same_count,
    earlier_files.earlier
from changes
inner join earlier_files on earlier_files.submission_id = changes.submission_id
inner join context_submissions as submissions on submissions.submission_id = changes.submission_id
inner join context_files as files on files.arrival_number = submissions.arrival_number
order by files.file_sha256, submissions.form, submissions.unit_key, submissions.period_code
