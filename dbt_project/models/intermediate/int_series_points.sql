-- The points of the XmR charts, cut into segments: a merger starts a new one.
with

series as (

    select * from {{ ref('int_series') }}
    where value is not null and period_type <> 'phase'

),

changes as (

    select * from {{ ref('int_unit_change_dates') }}

),

-- As reported, a unit version has no merger inside its own life.
segment_numbers as (

    select
        series.lens,
        series.unit_key,
        series.indicator_code,
        series.period_code,
        1 + count(changes.change_date) as segment
    from series
    left join changes
        on series.lens <> 'as_reported'
            and changes.unit_key = series.unit_key
            and changes.change_date <= series.period_end_date
    group by series.lens, series.unit_key, series.indicator_code, series.period_code

),

points as (

    select
        series.lens,
        series.unit_key,
        series.series_key,
        series.indicator_code,
        series.period_code,
        series.period_type,
        series.period_end_date,
        series.is_rate,
        series.value,
        segment_numbers.segment,
        abs(series.value - lag(series.value) over (
            partition by series.lens, series.series_key, series.indicator_code, series.period_type, segment_numbers.segment
            order by series.period_end_date
        )) as moving_range
    from series
    inner join segment_numbers
        on segment_numbers.lens = series.lens
            and segment_numbers.unit_key = series.unit_key
            and segment_numbers.indicator_code = series.indicator_code
            and segment_numbers.period_code = series.period_code

)

select
    *,
    avg(value) over one_segment as centre,
    avg(moving_range) over one_segment as mean_moving_range,
    count(*) over one_segment as point_count
from points
window one_segment as (partition by lens, series_key, indicator_code, period_type, segment)
