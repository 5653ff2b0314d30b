-- vi: Xã, phường nào của Lạng Sơn chưa đạt mục tiêu giải quyết khiếu nại, tố cáo 9 tháng năm 2026?
-- en: Which communes of Lạng Sơn missed the target for complaints resolved in the first nine months of 2026?
select unit_name, numerator, denominator, value, target_operator, target_value, verdict_name_vi
from marts.v_figures
where
    indicator_code = 'KNTC_GQ' and period_code = '2026-9M' and level = 'commune'
    and current_province_name = 'Tỉnh Lạng Sơn' and verdict in ('missed', 'narrowly_missed')
order by value
