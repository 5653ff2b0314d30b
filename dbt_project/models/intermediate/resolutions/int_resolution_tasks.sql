-- A task has the target that its resolution's scope has for its indicator and level on its first day. Simulated resolutions come
-- with simulated reports and go with them.
with

simulated_files as (

    select count(*) as file_count from {{ ref('stg_raw__files') }}
    where is_simulated

),

resolutions as (

    select resolutions.* from {{ ref('resolutions') }} as resolutions
    cross join simulated_files
    where not resolutions.is_simulated or simulated_files.file_count > 0

)

select
    resolutions.resolution_no,
    resolutions.scope_unit_key,
    groups_of_tasks.group_no,
    tasks.task_code,
    tasks.indicator_code,
    tasks.level,
    targets.operator,
    targets.target_value,
    tasks.valid_from,
    coalesce(tasks.due_date, targets.valid_to) as due_date,
    targets.source as target_source,
    resolutions.is_simulated or coalesce(targets.is_simulated, false) as is_simulated
from resolutions
left join {{ ref('resolution_groups') }} as groups_of_tasks on groups_of_tasks.resolution_no = resolutions.resolution_no
left join {{ ref('resolution_tasks') }} as tasks
    on tasks.resolution_no = groups_of_tasks.resolution_no
        and tasks.group_no = groups_of_tasks.group_no
left join {{ ref('int_targets') }} as targets
    on targets.indicator_code = tasks.indicator_code
        and targets.scope_unit_key = resolutions.scope_unit_key
        and coalesce(targets.level, '') = coalesce(tasks.level, '')
        and tasks.valid_from between targets.alive_from and targets.alive_to
