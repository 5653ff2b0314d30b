-- vi: Theo từng nguồn (đối thoại, kiểm tra…), bao nhiêu việc đã hoàn thành, trong đó bao nhiêu việc đúng hạn?
-- en: By source (dialogue, inspection, …), how many promises were kept, and how many of these on time?
select
    source_type_name_vi,
    count(*) as item_count,
    count(case when status = 'closed' then 1 end) as closed_count,
    count(case when status = 'closed' and closed_date <= due_date then 1 end) as closed_on_time_count
from marts.v_promises
group by source_type_name_vi
order by source_type_name_vi
