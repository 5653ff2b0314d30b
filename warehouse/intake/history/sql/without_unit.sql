-- Pairs of files of one name: an earlier one in which a form that stands whole was found and no unit of it understood,
-- and a target with the same form.
create or replace temp table context_namesakes as
with

without_unit as (

    select distinct
        file_sha256,
        form
    from ledger_submissions
    where unit_key is null and form in $forms

),

named as (

    select
        files.file_sha256,
        files.arrival_number,
        regexp_replace(
            regexp_replace(lower(nfc_normalize(files.file_name)), '(_da_danh_dau|\s*\(\d+\))*(\.\w+)?\z', ''),
            '[^\pL\pN]+', ' ', 'g'
        ) as name_key
    from context_files as files
    semi join (
        select file_sha256 from without_unit
        union
        select file_sha256 from context_targets
    ) as concerned on concerned.file_sha256 = files.file_sha256

),

with_unit as (

    select
        file_sha256,
        form
    from ledger_submissions
    semi join without_unit using (file_sha256, form)
    where unit_key is not null

),

unplaced as (

    select
        named.arrival_number,
        named.file_sha256,
        named.name_key,
        without_unit.form
    from without_unit
    inner join named on named.file_sha256 = without_unit.file_sha256
    where (without_unit.file_sha256, without_unit.form) not in (select (file_sha256, form) from with_unit)

)

select distinct
    submissions.form,
    targets.arrival_number,
    submissions.file_sha256,
    unplaced.arrival_number as earlier_arrival_number,
    unplaced.file_sha256 as earlier_sha256
from unplaced
inner join named as targets on targets.name_key = unplaced.name_key and targets.arrival_number > unplaced.arrival_number
inner join ledger_submissions as submissions
    on submissions.file_sha256 = targets.file_sha256 and submissions.form = unplaced.form
semi join context_targets on context_targets.file_sha256 = targets.file_sha256
