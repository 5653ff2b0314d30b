with

periods as (

    select * from {{ ref('int_periods') }}

),

pairs as (

    select
        previous_period_code as from_period_code,
        period_code as to_period_code
    from periods
    where previous_period_code is not null
    -- Most types of period have last year's as the previous one: then both are one pair.
    union
    select
        same_period_last_year_code as from_period_code,
        period_code as to_period_code
    from periods
    where same_period_last_year_code is not null

)

select
    pairs.from_period_code,
    pairs.to_period_code,
    from_periods.epoch_start_date as from_epoch_start_date,
    to_periods.epoch_start_date as to_epoch_start_date
from pairs
inner join periods as from_periods on from_periods.period_code = pairs.from_period_code
inner join periods as to_periods on to_periods.period_code = pairs.to_period_code
