-- vi: Những mô hình nào được khen thưởng trong năm 2026, theo quyết định nào?
-- en: Which models were awarded in 2026, and by which decision?
select event_date, model_name, unit_name, award_kind_name_vi, award_level_name_vi, decision_no, decision_body
from marts.v_model_steps
where event = 'awarded' and event_date between date '2026-01-01' and date '2026-12-31'
order by event_date, unit_name
