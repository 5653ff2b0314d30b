-- One row per error or warning ever told to a unit that a target file speaks of, or told of a row whose unit or period
-- was not understood, in a file that speaks of such a unit or that a target mends.
with

-- Passed by twice, and never held: there are findings about all units.
told as not materialized (

    select
        findings.submission_id,
        findings.severity,
        findings.rule_code,
        findings.column_name,
        findings.row_key,
        findings.sheet,
        findings.cell
    from seen_findings as findings
    where findings.severity in ('error', 'warning')

),

placed as (

    select
        submissions.came,
        submissions.form,
        submissions.series_key,
        submissions.period_code,
        told.*
    from scene_submissions as submissions
    inner join told on told.submission_id = submissions.submission_id

),

files as (

    select
        files.file_sha256,
        submissions.form,
        files.came
    from scene_submissions as submissions
    inner join scene_files as files on files.came = submissions.came
    union
    select
        files.file_sha256,
        mended.form,
        files.came
    from scene_mended_units as mended
    inner join scene_files as files on files.came = mended.earlier_came

),

without_unit as (

    select
        files.came,
        submissions.form,
        cast(null as varchar) as series_key,
        submissions.period_code,
        told.*
    from seen_submissions as submissions
    inner join files on files.file_sha256 = submissions.file_sha256 and files.form = submissions.form
    inner join told on told.submission_id = submissions.submission_id
    where
        submissions.unit_key is null
        and submissions.submission_id not in (select submission_id from scene_submissions)

)

select * from placed
union all
select * from without_unit
