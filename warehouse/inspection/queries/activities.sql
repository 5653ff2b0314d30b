-- Activities on the topic, or of a type that belongs to it, by the day held or else planned.
select
    activities.activity_code, activities.unit_key, activities.unit_name, activities.activity_type, activities.planned_date,
    activities.activity_date, activities.level, activities.host_role, activities.participants, activities.topic_code,
    activities.conclusions, activities.note, activities.is_held, submissions.file_name, submissions.file_sha256,
    activities.sheet, activities.row_number, activities.submission_id, activities.is_simulated
from marts.fct_activities as activities
left join marts.fct_submissions as submissions on submissions.submission_id = activities.submission_id
where
    list_contains(cast($unit_keys as varchar[]), activities.unit_key)
    and (
        activities.topic_code = $topic_code
        or list_contains(cast($activity_types as varchar[]), activities.activity_type)
    )
    and coalesce(activities.activity_date, activities.planned_date) between $first_day and $last_day
order by coalesce(activities.activity_date, activities.planned_date), activities.unit_key, activities.activity_code
