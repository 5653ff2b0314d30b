-- Centre and limits of each segment of an XmR chart. The limits are not cut at the ends of the scale: two thirds of the way to
-- a limit at 100 would lie inside what chance gives.
with

points as (

    select
        line_number,
        segment,
        value,
        abs(value - value_before) as moving_range
    from {{ ref('int_series_neighbours') }}
    where value is not null and not is_phase

),

segments as (

    select
        line_number,
        segment,
        avg(value) as centre,
        avg(moving_range) as mean_moving_range,
        count(*) as point_count
    from points
    group by line_number, segment

)

select
    line_number,
    segment,
    point_count,
    centre,
    centre - {{ xmr_width() }} * mean_moving_range as lower_uncut,
    centre + {{ xmr_width() }} * mean_moving_range as upper_uncut
from segments
