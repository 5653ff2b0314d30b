-- One row per inspection, supervision or visit that was held by the unit or paid to it, the latest first.
select
    activities.activity_date,
    activities.activity_type,
    activities.unit_name,
    activities.subject_unit_name,
    coalesce(activities.document_title, activities.document_no) as document,
    activities.conclusion_count,
    activities.closed_conclusion_count,
    activities.overdue_conclusion_count,
    activities.is_simulated
from marts.fct_activities as activities
where activities.is_held
    and activities.activity_type in ('inspection', 'supervision', 'grassroots_visit')
    and (activities.unit_key = $unit_key or activities.subject_unit_key = $unit_key)
order by activities.activity_date desc, activities.activity_code
limit $row_limit
