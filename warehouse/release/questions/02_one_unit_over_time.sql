-- vi: Số cuộc đối thoại ở Lạng Sơn qua các kỳ 9 tháng thay đổi thế nào?
-- en: How did the number of dialogues in Lạng Sơn develop over the nine months of each year?
select period_code, period_end_date, value
from marts.v_figures
where indicator_code = 'DT_SO' and level = 'province' and unit_name = 'Tỉnh Lạng Sơn' and period_type = '9M'
order by period_end_date
