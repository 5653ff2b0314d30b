-- vi: Tỷ lệ giải quyết khiếu nại, tố cáo mới nhất của từng tỉnh là bao nhiêu?
-- en: What is the newest rate of complaints resolved in each province?
select unit_name, period_code, period_end_date, numerator, denominator, value, verdict_name_vi, is_behind
from marts.v_latest_figures
where indicator_code = 'KNTC_GQ' and level = 'province'
order by value desc
