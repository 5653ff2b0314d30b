-- vi: Năm 2026 đã tổ chức bao nhiêu cuộc đối thoại, có bao nhiêu người dự, và bao nhiêu cuộc không đúng ngày đã định?
-- en: In 2026, how many dialogues were held, with how many participants, and how many on another day than planned?
select
    current_province_name,
    count(*) as held_count,
    sum(participants) as participants,
    count(case when days_after_plan <> 0 then 1 end) as moved_count
from marts.v_activities
where activity_type = 'dialogue' and is_held and activity_date between date '2026-01-01' and date '2026-12-31'
group by current_province_name
order by current_province_name
