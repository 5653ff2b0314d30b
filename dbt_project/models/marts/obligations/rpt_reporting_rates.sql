with

obligations as (

    select
        *,
        due_date < {{ as_of_date() }} as is_due
    from {{ ref('rpt_obligations') }}

),

counted as (

    select
        province_code,
        current_province_code,
        level,
        form,
        period_code,
        period_type,
        period_end_date,
        max(due_date) as due_date,
        count(*) as owed_count,
        sum(case when is_due then 1 else 0 end) as due_count,
        sum(case when status = 'on_time' then 1 else 0 end) as on_time_count,
        sum(case when status = 'late' then 1 else 0 end) as late_count,
        sum(case when status = 'missing' then 1 else 0 end) as missing_count,
        sum(case when status = 'not_yet_due' then 1 else 0 end) as not_yet_due_count,
        sum(case when inherited_from_unit_key is not null then 1 else 0 end) as inherited_count,
        sum(case when is_due and status = 'on_time' then 1 else 0 end) as due_on_time_count,
        sum(case when is_due and status in ('on_time', 'late') then 1 else 0 end) as due_received_count
    from obligations
    group by province_code, current_province_code, level, form, period_code, period_type, period_end_date

)

select
    province_code,
    current_province_code,
    level,
    form,
    period_code,
    period_type,
    period_end_date,
    due_date,
    cast(owed_count as bigint) as owed_count,
    cast(due_count as bigint) as due_count,
    cast(on_time_count as bigint) as on_time_count,
    cast(late_count as bigint) as late_count,
    cast(missing_count as bigint) as missing_count,
    cast(not_yet_due_count as bigint) as not_yet_due_count,
    cast(inherited_count as bigint) as inherited_count,
    case when due_count > 0 then cast(due_on_time_count as double) / due_count end as on_time_ratio,
    case when due_count > 0 then cast(due_received_count as double) / due_count end as received_ratio
from counted
order by period_end_date, form, level, province_code
