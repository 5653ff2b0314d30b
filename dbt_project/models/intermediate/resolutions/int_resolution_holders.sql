-- The units that are held to a task: the resolution's scope, the same unit under a later name, and heirs that took it over whole.
-- The heir of a unit that ended inherits what falls due after it, with a due date of its own where it adopted the target. Each
-- province is held to a resolution for the whole country.
with

tasks as (

    select * from {{ ref('int_resolution_tasks') }}
    where task_code is not null

),

units as (

    select * from {{ ref('int_units') }}

),

scopes as (

    select * from units
    where unit_key in (select tasks.scope_unit_key from tasks)

),

bound as (

    select distinct
        scopes.unit_key as scope_unit_key,
        descents.to_unit_key as unit_key
    from scopes
    inner join {{ ref('int_unit_descents') }} as descents on descents.from_unit_key = scopes.unit_key
    where descents.share = 1 and scopes.level <> 'country'
    union all
    select
        scopes.unit_key as scope_unit_key,
        units.unit_key
    from scopes
    inner join units on units.level = 'province'
    where scopes.level = 'country'

)

select
    tasks.resolution_no,
    tasks.task_code,
    tasks.indicator_code,
    tasks.level,
    tasks.operator,
    tasks.target_value,
    tasks.valid_from as first_day,
    case when adopted.valid_from is null then tasks.due_date else adopted.valid_to end as due_date,
    holders.unit_key,
    holders.series_key,
    holders.is_current,
    scopes.level <> 'country' and holders.series_key <> scopes.series_key as is_inherited,
    adopted.valid_from as adopted_from,
    coalesce(adopted.is_simulated, false) as is_adoption_simulated,
    coalesce(tasks.level <> holders.level, false) as is_counted_in_units
from tasks
inner join scopes on scopes.unit_key = tasks.scope_unit_key
inner join bound on bound.scope_unit_key = tasks.scope_unit_key
inner join units as holders
    on holders.unit_key = bound.unit_key
        and holders.alive_to >= tasks.valid_from
left join {{ ref('int_targets') }} as adopted
    on adopted.adopted_from_unit_key = tasks.scope_unit_key
        and adopted.scope_series_key = holders.series_key
        and adopted.indicator_code = tasks.indicator_code
        and coalesce(adopted.level, '') = coalesce(tasks.level, '')
where holders.alive_from <= coalesce(adopted.alive_to, tasks.due_date, date '9999-12-31')
