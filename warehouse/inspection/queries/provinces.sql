-- The provinces of today, for people who gave a code that does not exist.
select unit_code, unit_name
from marts.dim_units
where level = 'province' and is_current
order by unit_code
