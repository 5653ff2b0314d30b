-- vi: Những xã, phường nào còn thiếu nhiều vụ việc nhất để đạt mục tiêu ở kỳ mới nhất, theo báo cáo?
-- en: Which communes are the most cases short of their target in their newest period, by what they report?
select unit_name, current_province_name, indicator_name_vi, period_code, value, target_value, gap_cases
from marts.v_latest_figures
where level = 'commune' and gap_cases > 0 and source_kind = 'reported'
order by gap_cases desc, unit_name
limit 20
