-- One row per kind of wait, in the latest year in which the unit had any, the running year included.
select
    waits.wait_type,
    waits.period_code,
    waits.median_days,
    waits.p90_days,
    waits.within_limit_count,
    waits.judged_count,
    waits.waiting_past_limit_count,
    waits.is_simulated
from marts.rpt_lateness as waits
inner join marts.dim_periods as periods on periods.period_code = waits.period_code and periods.period_type = 'year'
where waits.lens = $lens and waits.unit_key = $unit_key
qualify row_number() over (partition by waits.wait_type order by waits.period_end_date desc) = 1
order by array_position(['report', 'receive', 'disseminate', 'answer', 'close'], waits.wait_type)
