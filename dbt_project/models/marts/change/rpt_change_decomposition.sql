with

rates as (

    select * from {{ ref('int_change_rates') }}
    where reported_from_rate is not null

),

inside as (

    select * from {{ ref('int_change_inside') }}

),

-- A single part on the same boundaries has no mix: its whole change is its own.
with_parts as (

    select
        rates.*,
        coalesce(inside.within_change, rates.to_rate - rates.from_rate) as within_change,
        coalesce(inside.part_count, 1) as part_count,
        coalesce(inside.is_any_child_estimated, false) as is_any_child_estimated
    from rates
    left join inside
        on inside.unit_key = rates.unit_key
            and inside.indicator_code = rates.indicator_code
            and inside.from_period_code = rates.from_period_code
            and inside.to_period_code = rates.to_period_code

)

select
    unit_key,
    level,
    indicator_code,
    from_period_code,
    to_period_code,
    reported_from_rate as from_value,
    to_rate as to_value,
    within_change,
    -- The identity of the definition solved for the mix: the weights of each period add up to 1.
    to_rate - from_rate - within_change as mix_change,
    from_rate - reported_from_rate as boundary_change,
    to_rate - reported_from_rate as total_change,
    cast(part_count as bigint) as part_count,
    is_estimated or is_any_child_estimated as is_estimated,
    is_simulated
from with_parts
order by indicator_code, level, unit_key, to_period_code, from_period_code
