-- vi: Mô hình nào đang thực hiện mà đăng ký chưa nêu thước đo hoặc hiện trạng ban đầu?
-- en: Which models still run although their registration states no measure or no baseline?
select model_code, model_name, unit_name, registered_date, quality_score, missing_elements
from marts.v_models
where is_open and (missing_elements like '%measure%' or missing_elements like '%baseline%')
order by quality_score, registered_date, unit_name
