-- Ranges of ranks among siblings: how many whole intervals lie above or below this one's. Counted by running totals over the
-- ends of all intervals, since comparing every pair does not scale to a country. One order serves all counts.
with

series as (

    select
        line_number,
        period_number,
        siblings_number,
        direction,
        value_low,
        value_high
    from {{ ref('int_series_neighbours') }}
    where value_low is not null and direction in ('higher', 'lower')

),

interval_ends as (

    select
        line_number,
        period_number,
        siblings_number,
        direction,
        value_low as position,
        1 as is_low_end
    from series
    union all
    select
        line_number,
        period_number,
        siblings_number,
        direction,
        value_high as position,
        0 as is_low_end
    from series

),

running as (

    select
        line_number,
        period_number,
        direction,
        is_low_end,
        sum(is_low_end) over up_to_here as low_ends_up_to_here,
        sum(1 - is_low_end) over up_to_here - sum(1 - is_low_end) over just_here as high_ends_before,
        sum(is_low_end) over all_of_them as ranked_units
    from interval_ends
    window
        up_to_here as (
            partition by siblings_number order by position
            range between unbounded preceding and current row
        ),
        just_here as (partition by siblings_number order by position range between current row and current row),
        all_of_them as (
            partition by siblings_number order by position
            range between unbounded preceding and unbounded following
        )

),

per_unit as (

    select
        line_number,
        period_number,
        min(direction) as direction,
        max(ranked_units) as ranked_units,
        max(case when is_low_end = 0 then ranked_units - low_ends_up_to_here end) as wholly_above,
        max(case when is_low_end = 1 then high_ends_before end) as wholly_below
    from running
    group by line_number, period_number

)

select
    line_number,
    period_number,
    cast(1 + case when direction = 'higher' then wholly_above else wholly_below end as bigint) as rank_low,
    cast(ranked_units - case when direction = 'higher' then wholly_below else wholly_above end as bigint) as rank_high,
    cast(ranked_units as bigint) as ranked_units
from per_unit
