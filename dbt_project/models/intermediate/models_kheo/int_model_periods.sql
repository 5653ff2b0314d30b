-- The years in which models were registered, and their phases, up to the as-of day.
with

periods as (

    select * from {{ ref('int_periods') }}
    where period_type in ('year', 'phase') and period_start_date <= {{ as_of_date() }}

),

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

codes as (

    select distinct phase as period_code from registrations
    union
    select distinct cast(year(registered_date) as {{ engine_type('varchar') }}) as period_code from registrations

)

select
    periods.period_code,
    periods.period_type,
    periods.period_start_date,
    {{ earliest_of(['periods.period_end_date', as_of_date()]) }} as period_end_date
from periods
inner join codes on codes.period_code = periods.period_code
