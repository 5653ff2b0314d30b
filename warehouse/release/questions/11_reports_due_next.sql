-- vi: Những kỳ báo cáo nào sắp đến hạn, và có bao nhiêu đơn vị phải gửi?
-- en: Which reports are due next, and how many units owe them?
select form_name_vi, level_name_vi, period_code, due_date, count(*) as unit_count
from marts.v_reports_owed
where status = 'not_yet_due'
group by form_name_vi, level_name_vi, period_code, due_date
order by due_date, form_name_vi, level_name_vi
