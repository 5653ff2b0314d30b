-- Inside a type the previous period has the number before, so that neighbours are found by order. A phase of a guidance that
-- overlaps the others belongs to no chain and has no neighbour.
with

periods as (

    select
        *,
        previous_period_code is null and period_code not in (
            select followed.previous_period_code from {{ ref('periods') }} as followed
            where followed.previous_period_code is not null
        ) as is_alone
    from {{ ref('periods') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

)

select
    periods.period_code,
    periods.period_type,
    periods.period_start_date,
    periods.period_end_date,
    periods.is_cumulative,
    periods.previous_period_code,
    periods.same_period_last_year_code,
    epochs.epoch_start_date,
    case when periods.is_alone then -2 else 1 end * row_number() over (
        partition by periods.period_type, periods.is_alone
        order by periods.period_start_date
    ) as period_number,
    dense_rank() over (order by periods.period_type) as period_type_number
from periods
inner join epochs
    on periods.period_end_date between epochs.epoch_start_date and epochs.epoch_end_date
