-- A group without a task has a row too, so that a resolution is shown whole.
select
    tasks.resolution_no,
    tasks.group_no,
    groups_of_tasks.group_name_vi,
    groups_of_tasks.group_name_en,
    tasks.task_code,
    texts.task_name_vi,
    texts.task_name_en,
    tasks.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    tasks.level,
    tasks.operator,
    tasks.target_value,
    texts.responsible_unit_key,
    responsible.unit_name as responsible_unit_name,
    texts.phase,
    tasks.valid_from,
    tasks.due_date,
    tasks.target_source,
    coalesce(texts.source, groups_of_tasks.source) as source,
    groups_of_tasks.source as group_source,
    tasks.is_simulated
from {{ ref('int_resolution_tasks') }} as tasks
inner join {{ ref('resolution_groups') }} as groups_of_tasks
    on groups_of_tasks.resolution_no = tasks.resolution_no
        and groups_of_tasks.group_no = tasks.group_no
left join {{ ref('resolution_tasks') }} as texts
    on texts.resolution_no = tasks.resolution_no
        and texts.task_code = tasks.task_code
left join {{ ref('dim_indicators') }} as indicators on indicators.indicator_code = tasks.indicator_code
left join {{ ref('dim_units') }} as responsible on responsible.unit_key = texts.responsible_unit_key
order by tasks.resolution_no, tasks.group_no, tasks.task_code
