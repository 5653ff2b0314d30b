with

activities as (

    select * from {{ ref('int_activities') }}

),

successors as (

    select * from {{ ref('int_single_successors') }}

)

select
    activities.activity_code,
    activities.unit_key,
    successors.current_unit_key,
    activities.unit_code,
    activities.period_code,
    activities.activity_type,
    activities.planned_date,
    activities.activity_date,
    activities.level,
    activities.host_role,
    activities.participants,
    activities.topic_code,
    activities.conclusions,
    activities.note,
    activities.planned_date is not null as is_planned,
    activities.activity_date is not null as is_held,
    activities.activity_date is null and activities.planned_date < {{ as_of_date() }} as is_overdue,
    cast({{ days_between('activities.planned_date', 'activities.activity_date') }} as bigint) as days_after_plan,
    activities.is_simulated,
    activities.submission_id,
    activities.sheet,
    activities.row_number
from activities
left join successors on successors.unit_key = activities.unit_key
order by activities.unit_key, activities.activity_code
