-- The version of the unit alive on the day first, then the latest before it, then the earliest after it.
select unit_key, unit_code, unit_name
from marts.dim_units
where unit_code = $unit_code
order by
    coalesce(valid_from, date '1900-01-01') <= $day desc,
    coalesce(valid_to, date '9999-12-31') >= $day desc,
    abs(date_diff('day', coalesce(valid_from, date '1900-01-01'), $day)),
    unit_key
limit 1
