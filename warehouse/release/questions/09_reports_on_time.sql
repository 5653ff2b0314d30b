-- vi: Mỗi tỉnh có bao nhiêu phần trăm báo cáo đến hạn trong năm 2026 được gửi đúng hạn?
-- en: What percentage of the reports due in 2026 came on time, by province?
select
    current_province_name,
    count(*) as due_count,
    100.0 * count(case when status = 'on_time' then 1 end) / count(*) as on_time_percentage
from marts.v_reports_owed
where status <> 'not_yet_due' and due_date between date '2026-01-01' and date '2026-12-31'
group by current_province_name
order by on_time_percentage, current_province_name
