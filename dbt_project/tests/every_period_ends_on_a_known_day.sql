-- Due dates are counted in working days from the end of a period, so the list of days must reach as far as the periods. Every row
-- here is a period without due dates.
select periods.period_code
from {{ ref('int_periods') }} as periods
left join {{ ref('int_working_days') }} as days on days.calendar_date = periods.period_end_date
where days.calendar_date is null
