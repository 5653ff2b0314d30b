-- vi: Mỗi tỉnh có bao nhiêu chỉ tiêu báo cáo tốt lên, kém đi, không đổi thật sự hoặc chưa đủ số liệu?
-- en: In each province, how many reported indicators became better or worse, did not really change, or have too few figures?
select unit_name, change_class_name_vi, count(*) as indicator_count
from marts.v_changes
where level = 'province' and source_kind = 'reported'
group by unit_name, change_class_name_vi
order by unit_name, indicator_count desc
