-- One row per accepted report of a form that is accepted whole and the earlier report of the same unit and period that stood just
-- before it: the last whole one, and each part-correction since. Only reports of a target, and part-corrections, are asked about.
create or replace temp table context_revisions as
select
    reports.submission_id,
    reports.form,
    reports.unit_key,
    reports.period_code,
    reports.arrival_number,
    reports.is_target,
    reports.is_part_correction,
    max(case when not reports.is_part_correction then reports.arrival_number end) over (
        partition by reports.form, reports.unit_key, reports.period_code
        order by reports.arrival_number
        rows between unbounded preceding and 1 preceding
    ) as last_whole_arrival_number
from context_submissions as reports
semi join (
    select
        form,
        unit_key,
        period_code
    from context_submissions
    where is_accepted and form in $forms
    group by form, unit_key, period_code
    having count(*) > 1 and bool_or(is_target or is_part_correction)
) as revised
    on revised.form = reports.form
        and revised.unit_key = reports.unit_key
        and revised.period_code = reports.period_code
where reports.is_accepted;

create or replace temp table context_standing as
select
    later.submission_id,
    later.is_target,
    later.is_part_correction,
    earlier.submission_id as earlier_submission_id,
    earlier.arrival_number as earlier_arrival_number
from context_revisions as later
inner join context_revisions as earlier
    on earlier.form = later.form
        and earlier.unit_key = later.unit_key
        and earlier.period_code = later.period_code
        and earlier.arrival_number < later.arrival_number
        and earlier.arrival_number >= coalesce(later.last_whole_arrival_number, 0)
where later.is_target or later.is_part_correction
