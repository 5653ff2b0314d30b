-- Put `history_found` in the place of `history_withdrawn`, and let counts, status and outcome follow.
delete from raw.findings
where (file_sha256, finding_number) in (select (file_sha256, finding_number) from history_withdrawn);

create or replace temp table history_numbered as
with

so_far as (

    select
        file_sha256,
        max(finding_number) as last_number
    from raw.findings
    where file_sha256 in (select file_sha256 from history_found)
    group by file_sha256

),

numbered as (

    select
        found.* exclude (finding_number),
        coalesce(so_far.last_number, 0) + row_number() over (
            partition by found.file_sha256 order by found.finding_number
        ) as finding_number
    from history_found as found
    left join so_far on so_far.file_sha256 = found.file_sha256

)

select * from numbered;

insert into raw.findings by name select * from history_numbered;

create or replace temp table history_changes as
select
    submission_id,
    sum(change) as change
from (
    select submission_id, 1 as change from history_numbered
    union all
    select submission_id, -1 as change from history_withdrawn
) as steps
group by submission_id;

update raw.submissions
set
    warning_count = submissions.warning_count + changes.change,
    status = $status
from history_changes as changes
where changes.submission_id = submissions.submission_id;

update raw.files
set outcome = counted.outcome
from (
    select
        file_sha256,
        $outcome as outcome
    from raw.submissions
    where file_sha256 in (
        select file_sha256 from history_numbered union select file_sha256 from history_withdrawn
    )
    group by file_sha256
) as counted
where counted.file_sha256 = files.file_sha256 and files.outcome <> '$unreadable'
