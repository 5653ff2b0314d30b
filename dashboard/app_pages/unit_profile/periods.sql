-- One row per period of the calendar, phases left out.
select
    periods.period_code,
    periods.period_type,
    periods.period_end_date
from marts.dim_periods as periods
where periods.period_type <> 'phase'
order by periods.period_end_date, periods.period_code
