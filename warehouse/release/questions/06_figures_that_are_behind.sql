-- vi: Tỉnh nào có số liệu cũ hơn các tỉnh khác, ở chỉ tiêu nào?
-- en: Which provinces have a figure that is older than that of other provinces, and of which indicator?
select unit_name, indicator_name_vi, period_code, period_end_date
from marts.v_latest_figures
where level = 'province' and is_behind
order by period_end_date, unit_name
