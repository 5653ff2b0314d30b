-- Open items by age, in days since they were raised: first and last day of each bucket, the last without an end.
{% set age_buckets = [(0, 30), (31, 90), (91, 180), (181, none)] %}
with

commitments as (

    select
        *,
        days_overdue = 0 as is_closed_on_time
    from {{ ref('fct_commitments') }}

),

-- Items are counted twice: for the unit in which an item was raised, and for the unit that has to act on it.
by_role as (

    select
        'raised_by' as role,
        unit_key as role_unit_key,
        *
    from commitments
    union all
    select
        'responsible' as role,
        responsible_unit_key as role_unit_key,
        *
    from commitments
    where responsible_unit_key is not null

),

placed as (

    {{ records_in_scopes('by_role', 'source_date', 'role_unit_key') }}

),

counted as (

    select
        lens,
        role,
        scope_unit_key,
        coalesce(source_type, {{ all_of_them() }}) as source_type,
        count(*) as item_count,
        count(case when status = 'open' then 1 end) as not_started_count,
        count(case when status = 'in_progress' then 1 end) as in_progress_count,
        count(case when is_open then 1 end) as open_count,
        count(case when is_overdue then 1 end) as overdue_count,
        count(case when is_open and due_date is null then 1 end) as open_without_due_date_count,
        count(case when status = 'closed' then 1 end) as closed_count,
        count(case when status = 'closed' and is_closed_on_time then 1 end) as closed_on_time_count,
        count(case when status = 'closed' and due_date is not null then 1 end) as closed_with_due_date_count,
        count(case when status = 'cancelled' then 1 end) as cancelled_count,
        {% for first_day, last_day in age_buckets -%}
            count(case when is_open and {{ is_of_age('days_open', first_day, last_day) }} then 1 end)
                as {{ age_bucket_column(first_day, last_day) }},
        {% endfor -%}
        median(case when is_open then days_open end) as median_days_open,
        median(case when is_overdue then days_overdue end) as median_days_overdue,
        median(case when status = 'closed' then days_open end) as median_days_to_close,
        count(distinct home_unit_key) as units_with_items,
        bool_or(is_simulated) as is_simulated
    from placed
    group by grouping sets (
        (lens, role, scope_unit_key, source_type),
        (lens, role, scope_unit_key)
    )

)

select
    counted.lens,
    counted.role,
    {{ scope_columns() }},
    counted.source_type,
    counted.source_type = {{ all_of_them() }} as is_total,
    {{ as_of_date() }} as as_of_date,
    counted.item_count,
    counted.not_started_count,
    counted.in_progress_count,
    counted.open_count,
    counted.overdue_count,
    counted.overdue_count / nullif(cast(counted.open_count as double), 0) as overdue_ratio,
    counted.open_without_due_date_count,
    counted.closed_count,
    counted.closed_with_due_date_count,
    counted.closed_on_time_count,
    counted.closed_on_time_count / nullif(cast(counted.closed_with_due_date_count as double), 0) as closed_on_time_ratio,
    counted.cancelled_count,
    {% for first_day, last_day in age_buckets -%}
        counted.{{ age_bucket_column(first_day, last_day) }},
    {% endfor -%}
    cast(counted.median_days_open as double) as median_days_open,
    cast(counted.median_days_overdue as double) as median_days_overdue,
    cast(counted.median_days_to_close as double) as median_days_to_close,
    counted.units_with_items,
    counted.is_simulated
from counted
inner join {{ ref('dim_units') }} as units on units.unit_key = counted.scope_unit_key
order by counted.lens, counted.role, units.level, counted.scope_unit_key, counted.source_type
