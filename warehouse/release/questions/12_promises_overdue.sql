-- vi: Những kết luận, kiến nghị nào đang quá hạn, đơn vị nào chịu trách nhiệm?
-- en: Which conclusions and recommendations are overdue, and who has to act?
select item_code, statement, responsible_unit_name, due_date, days_overdue, status_name_vi
from marts.v_promises
where is_overdue
order by days_overdue desc
