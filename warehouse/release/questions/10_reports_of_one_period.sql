-- vi: Trong kỳ 9 tháng năm 2026, mỗi cấp ở Lạng Sơn đã gửi, gửi muộn và còn thiếu bao nhiêu báo cáo?
-- en: For the first nine months of 2026, how many reports of each level in Lạng Sơn were sent, late or missing?
select level_name_vi, status_name_vi, count(*) as report_count
from marts.v_reports_owed
where current_province_name = 'Tỉnh Lạng Sơn' and period_code = '2026-9M'
group by level_name_vi, status_name_vi
order by level_name_vi, status_name_vi
