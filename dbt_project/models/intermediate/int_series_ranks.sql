-- Ranges of ranks among siblings: how many whole intervals lie above or below this one's. Counted by two running totals over
-- the ends of all intervals, since comparing every pair does not scale to a country.
with

series as (

    select
        lens,
        level,
        unit_key,
        coalesce(parent_series_key, '') as siblings_of,
        indicator_code,
        period_code,
        direction,
        value_low,
        value_high
    from {{ ref('int_series') }}
    where value_low is not null and direction in ('higher', 'lower')

),

interval_ends as (

    select
        *,
        value_low as position,
        1 as is_low_end
    from series
    union all
    select
        *,
        value_high as position,
        0 as is_low_end
    from series

),

running as (

    select
        *,
        sum(is_low_end) over (
            partition by lens, level, siblings_of, indicator_code, period_code
            order by position range between unbounded preceding and current row
        ) as low_ends_up_to_here,
        sum(1 - is_low_end) over (
            partition by lens, level, siblings_of, indicator_code, period_code
            order by position desc range between unbounded preceding and current row
        ) as high_ends_from_here,
        sum(is_low_end) over (
            partition by lens, level, siblings_of, indicator_code, period_code
        ) as ranked_units
    from interval_ends

),

per_unit as (

    select
        lens,
        unit_key,
        indicator_code,
        period_code,
        direction,
        max(ranked_units) as ranked_units,
        max(case when is_low_end = 0 then ranked_units - low_ends_up_to_here end) as wholly_above,
        max(case when is_low_end = 1 then ranked_units - high_ends_from_here end) as wholly_below
    from running
    group by lens, unit_key, indicator_code, period_code, direction

)

select
    lens,
    unit_key,
    indicator_code,
    period_code,
    cast(1 + case when direction = 'higher' then wholly_above else wholly_below end as bigint) as rank_low,
    cast(ranked_units - case when direction = 'higher' then wholly_below else wholly_above end as bigint) as rank_high,
    cast(ranked_units as bigint) as ranked_units
from per_unit
