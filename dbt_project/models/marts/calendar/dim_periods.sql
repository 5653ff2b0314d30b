select
    period_code,
    period_type,
    period_start_date,
    period_end_date,
    is_cumulative,
    previous_period_code,
    same_period_last_year_code
from {{ ref('int_periods') }}
order by period_type, period_start_date
