select
    owed.unit_key,
    owed.unit_name,
    owed.form,
    owed.period_code,
    owed.period_type,
    owed.period_end_date,
    owed.level,
    owed.province_code,
    owed.current_province_code,
    owed.due_date,
    owed.submission_id,
    owed.received_at,
    owed.status,
    cast(case
        when owed.status = 'on_time' then 0
        when owed.status = 'late' then {{ days_between('owed.due_date', 'owed.received_date') }}
        when owed.status = 'missing' then {{ days_between('owed.due_date', as_of_date()) }}
    end as bigint) as days_late,
    cast(owed.returned_count as bigint) as returned_count,
    owed.inherited_from_unit_key,
    ended_units.unit_name as inherited_from_unit_name
from {{ ref('int_obligations') }} as owed
left join {{ ref('int_units') }} as ended_units on ended_units.unit_key = owed.inherited_from_unit_key
order by
    owed.period_end_date,
    owed.form,
    owed.level,
    owed.province_code,
    owed.unit_key,
    owed.inherited_from_unit_key
