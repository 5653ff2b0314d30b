-- vi: Mỗi tỉnh có bao nhiêu xã, phường đạt mục tiêu giải quyết khiếu nại, tố cáo 9 tháng năm 2026?
-- en: How many communes of each province met the target for complaints resolved in the first nine months of 2026?
select
    current_province_name,
    count(case when verdict in ('met', 'narrowly_met') then 1 end) as met_count,
    count(*) as judged_count
from marts.v_figures
where indicator_code = 'KNTC_GQ' and period_code = '2026-9M' and level = 'commune' and verdict <> 'no_target'
group by current_province_name
order by current_province_name
