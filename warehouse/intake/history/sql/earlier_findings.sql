-- One row per error or warning of a unit in a target file, or of a row whose unit or period was not understood in a file of
-- such a unit or in a file that a target corrects.
with

-- Read twice and not materialised: it has the findings of all units.
told as not materialized (

    select
        findings.submission_id,
        findings.severity,
        findings.rule_code,
        findings.column_name,
        findings.row_key,
        findings.sheet,
        findings.cell
    from ledger_findings as findings
    where findings.severity in ('error', 'warning')

),

placed as (

    select
        submissions.arrival_number,
        submissions.form,
        submissions.series_key,
        submissions.period_code,
        told.*
    from context_submissions as submissions
    inner join told on told.submission_id = submissions.submission_id

),

files as (

    select
        files.file_sha256,
        submissions.form,
        files.arrival_number
    from context_submissions as submissions
    inner join context_files as files on files.arrival_number = submissions.arrival_number
    union
    select
        files.file_sha256,
        mended.form,
        files.arrival_number
    from context_mended_units as mended
    inner join context_files as files on files.arrival_number = mended.earlier_arrival_number

),

without_unit as (

    select
        files.arrival_number,
        submissions.form,
        cast(null as varchar) as series_key,
        submissions.period_code,
        told.*
    from ledger_submissions as submissions
    inner join files on files.file_sha256 = submissions.file_sha256 and files.form = submissions.form
    inner join told on told.submission_id = submissions.submission_id
    where
        submissions.unit_key is null
        and submissions.submission_id not in (select submission_id from context_submissions)

)

select * from placed
union all
select * from without_unit
