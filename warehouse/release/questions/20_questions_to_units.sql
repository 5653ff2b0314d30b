-- vi: Đang có những câu hỏi nào gửi các đơn vị ở Lạng Sơn về số liệu và mô hình?
-- en: Which questions about figures and models are put to the units of Lạng Sơn?
select unit_name, about, question_date, question_vi, question_en
from marts.v_questions
where current_province_name = 'Tỉnh Lạng Sơn'
order by question_date desc, unit_name, rule_code
