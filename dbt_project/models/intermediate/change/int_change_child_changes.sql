-- How the children that are known in both periods changed, weighted by their denominators of either.
with

parents as (

    select * from {{ ref('int_unit_parents') }}

)

select
    parents.parent_unit_key as unit_key,
    rates.indicator_code,
    rates.from_period_code,
    rates.to_period_code,
    sum(rates.from_denominator * (rates.to_rate - rates.from_rate)) as change_at_from_weights,
    sum(rates.to_denominator * (rates.to_rate - rates.from_rate)) as change_at_to_weights,
    count(*) as part_count
from {{ ref('int_change_rates') }} as rates
inner join parents
    on parents.unit_key = rates.unit_key
        and parents.epoch_start_date = rates.epoch_start_date
group by parents.parent_unit_key, rates.indicator_code, rates.from_period_code, rates.to_period_code
