with

task_counts as (

    select
        resolution_no,
        count(distinct group_no) as group_count,
        count(task_code) as task_count,
        count(indicator_code) as measured_task_count
    from {{ ref('int_resolution_tasks') }}
    group by resolution_no

)

select
    resolutions.resolution_no,
    resolutions.title_vi,
    resolutions.title_en,
    resolutions.issuing_body,
    resolutions.scope_unit_key,
    scopes.unit_name as scope_unit_name,
    scopes.province_code,
    scopes.current_province_code,
    case when scopes.current_unit_key <> scopes.unit_key then scopes.current_unit_key end as heir_unit_key,
    case when scopes.current_unit_key <> scopes.unit_key then scopes.current_unit_name end as heir_unit_name,
    resolutions.issued_date,
    resolutions.valid_from,
    resolutions.valid_to,
    resolutions.phase,
    task_counts.group_count,
    task_counts.task_count,
    task_counts.measured_task_count,
    resolutions.source,
    resolutions.is_simulated
from {{ ref('resolutions') }} as resolutions
inner join task_counts on task_counts.resolution_no = resolutions.resolution_no
inner join {{ ref('dim_units') }} as scopes on scopes.unit_key = resolutions.scope_unit_key
order by resolutions.issued_date desc, resolutions.resolution_no asc
