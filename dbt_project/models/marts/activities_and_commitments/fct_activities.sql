with

activities as (

    select * from {{ ref('int_activities') }}

),

units as (

    select * from {{ ref('dim_units') }}

)

select
    activities.activity_code,
    activities.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    activities.unit_code,
    activities.period_code,
    periods.period_end_date,
    activities.activity_type,
    activities.planned_date,
    activities.activity_date,
    activities.level,
    activities.host_role,
    activities.participants,
    activities.topic_code,
    activities.conclusions,
    activities.note,
    activities.campaign_code,
    activities.planned_date is not null as is_planned,
    activities.activity_date is not null as is_held,
    activities.activity_date is null and activities.planned_date < {{ as_of_date() }} as is_overdue,
    cast({{ days_between('activities.planned_date', 'activities.activity_date') }} as bigint) as days_after_plan,
    activities.is_simulated,
    activities.submission_id,
    activities.sheet,
    activities.row_number
from activities
inner join units on units.unit_key = activities.unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = activities.period_code
order by activities.unit_key, activities.activity_code
