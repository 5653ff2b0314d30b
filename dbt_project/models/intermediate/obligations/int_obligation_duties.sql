-- The only list of which level owes which form for which period: BC where it owes an indicator, the others by list.
with

periods as (

    select * from {{ ref('int_periods') }}

),

indicator_duties as (

    select
        indicators.frequency,
        duties.level,
        duties.valid_from,
        duties.valid_to
    from {{ ref('int_indicator_duties') }} as duties
    inner join {{ ref('indicators') }} as indicators on indicators.indicator_code = duties.indicator_code

),

form_duties as (

    select * from {{ ref('form_duties') }}

),

due_dates as (

    select * from {{ ref('int_due_dates') }}

),

owed as (

    select
        'BC' as form,
        indicator_duties.level,
        periods.period_code
    from indicator_duties
    inner join periods
        on {{ is_owed_period_type('indicator_duties.frequency', 'periods.period_type') }}
            and periods.period_end_date between indicator_duties.valid_from and indicator_duties.valid_to
    -- Not "union all": many indicators make one report.
    union distinct
    select
        form_duties.form,
        form_duties.level,
        periods.period_code
    from form_duties
    inner join periods
        on periods.period_type = form_duties.period_type
            and (form_duties.valid_from is null or periods.period_end_date >= form_duties.valid_from)
            and (form_duties.valid_to is null or periods.period_end_date <= form_duties.valid_to)

)

select
    owed.form,
    owed.level,
    owed.period_code,
    periods.period_type,
    periods.period_start_date,
    periods.period_end_date,
    due_dates.due_date
from owed
inner join periods on periods.period_code = owed.period_code
left join due_dates
    on due_dates.form = owed.form
        and due_dates.level = owed.level
        and due_dates.period_code = owed.period_code
