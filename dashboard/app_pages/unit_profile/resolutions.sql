-- One row per task of a resolution that the unit is held to, with its latest figure, in the order of the resolution.
select
    progress.resolution_no, progress.title_vi, progress.title_en, progress.group_no,
    progress.group_name_vi, progress.group_name_en, progress.task_code, progress.task_name_vi, progress.task_name_en,
    progress.indicator_code, progress.unit, progress.unit_en, progress.is_rate, progress.source_kind,
    progress.scope_unit_name, progress.is_inherited, progress.is_adopted, progress.adopted_from,
    progress.period_code, progress.target_operator, progress.target_value, progress.numerator, progress.denominator,
    progress.value, progress.verdict, progress.difference, progress.judged_unit_count, progress.met_unit_count,
    progress.counterpart_value, progress.responsible_unit_name, progress.due_date,
    abs(progress.days_left) as days, progress.days_left < 0 as is_past,
    progress.is_target_simulated, progress.is_simulated, false as is_estimated
from marts.rpt_resolution_progress as progress
inner join marts.dim_resolutions as resolutions on resolutions.resolution_no = progress.resolution_no
where progress.series_key = $series_key and progress.is_latest
order by
    resolutions.issued_date desc, progress.resolution_no, progress.group_no, progress.task_code, progress.period_end_date
