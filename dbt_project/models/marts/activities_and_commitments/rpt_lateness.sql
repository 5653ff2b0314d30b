-- Five waits of the same form: a day on which the clock starts, the day on which it stopped, and the last day in time. Reports
-- and what follows inspections have a due date of their own; the other limits are in days, seed handling_limits.
with

documents as (

    select * from {{ ref('fct_documents') }}
    where received_date is not null

),

waits as (

    select
        'report' as wait_type,
        coalesce(inherited_from_unit_key, unit_key) as unit_key,
        period_end_date as start_date,
        {{ local_date('received_at') }} as done_date,
        due_date as own_limit_date,
        is_simulated
    from {{ ref('int_obligations') }}
    where due_date < {{ as_of_date() }} or received_at is not null
    union all
    select
        'receive' as wait_type,
        unit_key,
        document_date as start_date,
        received_date as done_date,
        cast(null as date) as own_limit_date,
        is_simulated
    from documents
    where coalesce(document_origin, 'received') = 'received'
    union all
    select
        'disseminate' as wait_type,
        unit_key,
        received_date as start_date,
        disseminated_date as done_date,
        cast(null as date) as own_limit_date,
        is_simulated
    from documents
    where is_to_disseminate
    union all
    select
        case when source_type in ('dialogue', 'reception') then 'answer' else 'close' end as wait_type,
        unit_key,
        source_date as start_date,
        closed_date as done_date,
        case when source_type not in ('dialogue', 'reception') then due_date end as own_limit_date,
        is_simulated
    from {{ ref('fct_commitments') }}
    where status <> 'cancelled'

),

timed as (

    select
        waits.*,
        periods.period_code,
        periods.period_end_date,
        cast({{ days_between('waits.start_date', 'waits.done_date') }} as bigint) as days_taken,
        coalesce(waits.own_limit_date, {{ add_days('waits.start_date', 'limits.day_count') }}) as limit_date
    from waits
    inner join {{ ref('int_periods') }} as periods
        on waits.start_date between periods.period_start_date and periods.period_end_date
            and {{ is_owed_period_type("'quarter'", 'periods.period_type') }}
    left join {{ ref('handling_limits') }} as limits
        on limits.wait_type = waits.wait_type and {{ is_in_force('limits', 'waits.start_date') }}

),

placed as (

    {{ records_in_scopes('timed', 'start_date') }}

),

counted as (

    select
        lens,
        scope_unit_key,
        wait_type,
        period_code,
        period_end_date,
        count(*) as case_count,
        count(done_date) as done_count,
        median(days_taken) as median_days,
        percentile_cont(0.9) within group (order by days_taken) as p90_days,
        count(case when done_date <= limit_date then 1 end) as within_limit_count,
        count(case when done_date > limit_date then 1 end) as late_count,
        count(case when done_date is null and limit_date < {{ as_of_date() }} then 1 end) as waiting_past_limit_count,
        count(distinct home_unit_key) as reporting_units,
        bool_or(is_simulated) as is_simulated
    from placed
    group by lens, scope_unit_key, wait_type, period_code, period_end_date

)

select
    counted.lens,
    {{ scope_columns() }},
    counted.wait_type,
    counted.period_code,
    counted.period_end_date,
    counted.case_count,
    counted.done_count,
    counted.case_count - counted.done_count as not_done_count,
    counted.waiting_past_limit_count,
    cast(counted.median_days as double) as median_days,
    cast(counted.p90_days as double) as p90_days,
    counted.within_limit_count,
    counted.late_count,
    counted.within_limit_count + counted.late_count + counted.waiting_past_limit_count as judged_count,
    counted.within_limit_count / nullif(
        cast(counted.within_limit_count + counted.late_count + counted.waiting_past_limit_count as double), 0
    ) as within_limit_ratio,
    counted.reporting_units,
    counted.is_simulated
from counted
inner join {{ ref('dim_units') }} as units on units.unit_key = counted.scope_unit_key
order by counted.lens, units.level, counted.scope_unit_key, counted.wait_type, counted.period_code
