-- One row per unit version that was renamed or renames another; the oldest version stands for all of them.
create or replace temp table scene_names as
with recursive

renamed as (

    select
        from_unit_key,
        to_unit_key
    from scene_successions
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

-- One row per submission of a unit about which a target file speaks, under whatever name the unit had.
create or replace temp table scene_submissions as
with

all_submissions as (

    select
        submissions.submission_id,
        submissions.file_sha256,
        submissions.form,
        submissions.unit_key,
        submissions.period_code,
        submissions.status,
        coalesce(names.series_key, submissions.unit_key) as series_key,
        targets.file_sha256 is not null as is_target
    from seen_submissions as submissions
    left join scene_names as names on names.unit_key = submissions.unit_key
    left join scene_targets as targets on targets.file_sha256 = submissions.file_sha256

),

concerned as (

    select distinct
        form,
        series_key
    from all_submissions
    where is_target and series_key is not null

)

select
    all_submissions.*,
    files.file_name,
    files.received_at,
    files.came
from all_submissions
inner join scene_files as files on files.file_sha256 = all_submissions.file_sha256
left join concerned
    on concerned.form = all_submissions.form and concerned.series_key = all_submissions.series_key
where all_submissions.is_target or concerned.form is not null
;
