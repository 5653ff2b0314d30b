-- vi: Mỗi đơn vị đang chịu trách nhiệm bao nhiêu việc chưa xong?
-- en: How many promises that are still open does each unit have to act on?
select responsible_unit_name, count(*) as open_count, max(days_open) as oldest_days
from marts.v_promises
where is_open
group by responsible_unit_name
order by open_count desc, responsible_unit_name
