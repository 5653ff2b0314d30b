with

rules as (

    select * from {{ ref('due_date_rules') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

days as (

    select * from {{ ref('int_working_days') }}

),

binding as (

    select
        rules.form,
        rules.level,
        rules.day_count,
        rules.day_kind,
        periods.period_code,
        periods.period_end_date
    from rules
    inner join periods
        on periods.period_type = rules.period_type
            and (rules.valid_from is null or periods.period_end_date >= rules.valid_from)
            and (rules.valid_to is null or periods.period_end_date <= rules.valid_to)

)

select
    binding.form,
    binding.level,
    binding.period_code,
    case
        when binding.day_kind = 'working' then due_working_days.calendar_date
        else {{ add_days('binding.period_end_date', 'binding.day_count') }}
    end as due_date
from binding
inner join days as last_days on last_days.calendar_date = binding.period_end_date
left join days as due_working_days
    on due_working_days.working_day_number = last_days.working_day_number + binding.day_count
        and due_working_days.is_working_day
