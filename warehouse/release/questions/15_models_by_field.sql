-- vi: Mỗi tỉnh có bao nhiêu mô hình "Dân vận khéo" theo từng lĩnh vực, trong đó bao nhiêu đã được công nhận?
-- en: How many "Dân vận khéo" models does each province have by field, and how many of them are recognised?
select
    current_province_name,
    field_name_vi,
    count(*) as model_count,
    count(recognised_date) as recognised_count
from marts.v_models
group by current_province_name, field_name_vi
order by current_province_name, field_name_vi
