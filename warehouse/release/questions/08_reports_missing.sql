-- vi: Cấp tỉnh còn thiếu những báo cáo nào đã quá hạn trong năm 2026?
-- en: Which reports of provinces that were due in 2026 are still missing?
select unit_name, form_name_vi, period_code, due_date, days_late
from marts.v_reports_owed
where level = 'province' and status = 'missing' and due_date between date '2026-01-01' and date '2026-12-31'
order by due_date, unit_name
