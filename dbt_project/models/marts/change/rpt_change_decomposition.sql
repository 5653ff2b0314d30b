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
    with_parts.unit_key,
    units.unit_name,
    with_parts.level,
    with_parts.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    with_parts.from_period_code,
    from_periods.period_end_date as from_period_end_date,
    with_parts.to_period_code,
    to_periods.period_end_date as to_period_end_date,
    with_parts.reported_from_rate as from_value,
    with_parts.to_rate as to_value,
    with_parts.within_change,
    -- The identity of the definition solved for the mix: the weights of each period add up to 1.
    with_parts.to_rate - with_parts.from_rate - with_parts.within_change as mix_change,
    with_parts.from_rate - with_parts.reported_from_rate as boundary_change,
    with_parts.to_rate - with_parts.reported_from_rate as total_change,
    cast(with_parts.part_count as bigint) as part_count,
    with_parts.is_estimated or with_parts.is_any_child_estimated as is_estimated,
    with_parts.is_simulated
from with_parts
inner join {{ ref('int_units') }} as units on units.unit_key = with_parts.unit_key
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = with_parts.indicator_code
inner join {{ ref('int_periods') }} as from_periods on from_periods.period_code = with_parts.from_period_code
inner join {{ ref('int_periods') }} as to_periods on to_periods.period_code = with_parts.to_period_code
order by
    with_parts.indicator_code, with_parts.level, with_parts.unit_key, with_parts.to_period_code, with_parts.from_period_code
