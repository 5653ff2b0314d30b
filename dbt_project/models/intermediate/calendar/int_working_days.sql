-- Days numbered so that "five working days after" is a sum: weekends and listed holidays do not count.
with

days as (

    {{ days_between_years(2009, 2036) }}

),

holidays as (

    select holiday_date from {{ ref('holidays') }}

),

marked as (

    select
        days.calendar_date,
        {{ day_of_week('days.calendar_date') }} not in (6, 7) and holidays.holiday_date is null as is_working_day
    from days
    left join holidays on holidays.holiday_date = days.calendar_date

)

select
    calendar_date,
    is_working_day,
    sum(case when is_working_day then 1 else 0 end) over (order by calendar_date) as working_day_number
from marked
