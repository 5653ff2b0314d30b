-- One row per unit version that was renamed or renames another; the oldest version stands for all of them.
create or replace temp table context_names as
with recursive

renamed as (

    select
        from_unit_key,
        to_unit_key
    from context_successions
    where kind = 'renamed'

),

names as (

    select
        from_unit_key as series_key,
        from_unit_key as unit_key
    from renamed
    where from_unit_key not in (select to_unit_key from renamed)
    union all
    select
        names.series_key,
        renamed.to_unit_key as unit_key
    from names
    inner join renamed on renamed.from_unit_key = names.unit_key

)

select * from names;

-- One row per submission of a unit about which a target file speaks, under any name of the unit. The number of its arrival stands
-- for its file: one file may have a hundred thousand submissions.
-- All submissions are read twice and never held in memory: there may be millions of other units.
create or replace temp table context_concerned as
select distinct
    submissions.form,
    coalesce(names.series_key, submissions.unit_key) as series_key
from ledger_submissions as submissions
left join context_names as names on names.unit_key = submissions.unit_key
semi join context_targets as targets on targets.file_sha256 = submissions.file_sha256
where submissions.unit_key is not null;

create or replace temp table context_submissions as
with

wanted as (

    select
        submissions.submission_id,
        submissions.file_sha256,
        submissions.form,
        submissions.unit_key,
        submissions.period_code,
        coalesce(submissions.is_part_correction, false) as is_part_correction,
        submissions.status <> 'returned' as is_accepted,
        submissions.sheet,
        coalesce(names.series_key, submissions.unit_key) as series_key,
        targets.file_sha256 is not null as is_target
    from ledger_submissions as submissions
    left join context_names as names on names.unit_key = submissions.unit_key
    left join context_targets as targets on targets.file_sha256 = submissions.file_sha256
    left join context_concerned as concerned
        on concerned.form = submissions.form
            and concerned.series_key = coalesce(names.series_key, submissions.unit_key)
    where targets.file_sha256 is not null or concerned.form is not null

)

select
    wanted.* exclude (file_sha256),
    files.received_at,
    files.arrival_number
from context_files as files
inner join wanted on wanted.file_sha256 = files.file_sha256
;
