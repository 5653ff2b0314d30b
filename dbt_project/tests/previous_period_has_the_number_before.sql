-- Neighbours in a line of figures are found by the number of their period. Every row here is a period for which that would
-- go wrong.
select
    periods.period_code,
    periods.previous_period_code
from {{ ref('int_periods') }} as periods
left join {{ ref('int_periods') }} as previous_periods
    on previous_periods.period_type = periods.period_type
        and previous_periods.period_number = periods.period_number - 1
where coalesce(periods.previous_period_code, '') <> coalesce(previous_periods.period_code, '')
