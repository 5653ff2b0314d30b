{{ config(materialized='view') }}
-- The points of XmR charts with the centre and the uncut limits of their segment, in the order in which pages look for them.
with

points as (

    select
        *,
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

),

-- Sorted while rows are narrow.
in_order as (

    select * from points
    order by line_number, period_number

)

select
    in_order.lens_number,
    in_order.unit_number,
    in_order.indicator_number,
    in_order.period_type_number,
    in_order.period_number,
    in_order.segment,
    in_order.is_rate,
    in_order.value,
    in_order.value_before,
    in_order.value_before_that,
    in_order.least_of_run,
    in_order.greatest_of_run,
    in_order.is_run,
    segments.point_count,
    segments.centre,
    segments.centre - {{ xmr_width() }} * segments.mean_moving_range as lower_uncut,
    segments.centre + {{ xmr_width() }} * segments.mean_moving_range as upper_uncut
from in_order
inner join segments on segments.line_number = in_order.line_number and segments.segment = in_order.segment
