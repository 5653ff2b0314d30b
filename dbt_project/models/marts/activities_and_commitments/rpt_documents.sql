with

documents as (

    select * from {{ ref('fct_documents') }}

),

-- A copy is judged by the limit once it was passed on or the limit has run out; a copy that still has time is not judged. Numbers
-- are given
-- anew by each office, so number and day of issue together name a document.
timed as (

    select
        unit_key,
        document_no,
        document_date,
        period_code,
        days_to_receive,
        days_to_disseminate,
        case when organisations_done is not null then organisations_total end as organisations_total,
        case when organisations_total is not null then organisations_done end as organisations_done,
        is_disseminated,
        coalesce(days_to_disseminate <= {{ dissemination_limit_days() }}, false) as is_within_limit,
        is_disseminated or (
            is_to_disseminate and {{ add_days('document_date', dissemination_limit_days()) }} < {{ as_of_date() }}
        ) as is_judged,
        concat(document_no, '|', cast(document_date as varchar)) as document_key,
        is_to_disseminate,
        is_to_disseminate and not is_disseminated as is_waiting,
        days_to_pass_on,
        is_awaiting_plan,
        chain_status,
        task_count,
        case when task_count is not null then coalesce(tasks_done, 0) end as tasks_done,
        is_overdue,
        is_simulated
    from documents

),

placed as (

    {{ records_in_scopes('timed', 'document_date') }}

),

counted as (

    select
        lens,
        scope_unit_key,
        period_code,
        coalesce(document_no, {{ all_of_them() }}) as document_no,
        document_date,
        count(distinct document_key) as document_count,
        count(*) as copy_count,
        count(case when is_disseminated then 1 end) as disseminated_count,
        count(case when is_waiting then 1 end) as waiting_count,
        count(case when not is_to_disseminate then 1 end) as not_to_pass_on_count,
        median(days_to_receive) as median_days_to_receive,
        median(days_to_disseminate) as median_days_to_disseminate,
        median(days_to_pass_on) as median_days_to_pass_on,
        count(case when is_judged then 1 end) as judged_count,
        count(case when is_within_limit then 1 end) as within_limit_count,
        cast(sum(organisations_total) as bigint) as organisations_total,
        cast(sum(organisations_done) as bigint) as organisations_done,
        count(is_awaiting_plan) as calling_for_plan_count,
        count(case when not is_awaiting_plan then 1 end) as with_plan_count,
        count(case when chain_status = 'parent_not_named' then 1 end) as parent_not_named_count,
        cast(sum(task_count) as bigint) as task_count,
        cast(sum(tasks_done) as bigint) as tasks_done,
        count(case when is_overdue then 1 end) as overdue_count,
        count(distinct home_unit_key) as reporting_units,
        bool_or(is_simulated) as is_simulated
    from placed
    group by grouping sets (
        (lens, scope_unit_key, period_code, document_no, document_date),
        (lens, scope_unit_key, period_code)
    )

)

select
    counted.lens,
    {{ scope_columns() }},
    counted.period_code,
    periods.period_end_date,
    counted.document_no,
    counted.document_no = {{ all_of_them() }} as is_total,
    counted.document_date,
    counted.document_count,
    counted.copy_count,
    counted.disseminated_count,
    counted.waiting_count,
    counted.not_to_pass_on_count,
    cast(counted.median_days_to_receive as double) as median_days_to_receive,
    cast(counted.median_days_to_disseminate as double) as median_days_to_disseminate,
    cast(counted.median_days_to_pass_on as double) as median_days_to_pass_on,
    cast({{ dissemination_limit_days() }} as bigint) as limit_days,
    counted.judged_count,
    counted.within_limit_count,
    counted.within_limit_count / nullif(cast(counted.judged_count as double), 0) as within_limit_ratio,
    counted.organisations_total,
    counted.organisations_done,
    counted.organisations_done / nullif(cast(counted.organisations_total as double), 0) as organisations_done_ratio,
    counted.calling_for_plan_count,
    counted.with_plan_count,
    counted.with_plan_count / nullif(cast(counted.calling_for_plan_count as double), 0) as with_plan_ratio,
    counted.parent_not_named_count,
    counted.task_count,
    counted.tasks_done,
    counted.tasks_done / nullif(cast(counted.task_count as double), 0) as tasks_done_ratio,
    counted.overdue_count,
    counted.reporting_units,
    counted.is_simulated
from counted
inner join {{ ref('dim_units') }} as units on units.unit_key = counted.scope_unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = counted.period_code
order by counted.lens, units.level, counted.scope_unit_key, counted.period_code, counted.document_no
