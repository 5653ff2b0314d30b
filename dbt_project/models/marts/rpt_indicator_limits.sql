with

points as (

    select
        *,
        centre - {{ xmr_width() }} * mean_moving_range as lower_uncut,
        centre + {{ xmr_width() }} * mean_moving_range as upper_uncut
    from {{ ref('int_series_points') }}

),

limits as (

    select
        *,
        case when is_rate and lower_uncut < 0 then 0 else lower_uncut end as lower_limit,
        case when is_rate and upper_uncut > 100 then 100 else upper_uncut end as upper_limit
    from points

),

-- What each point says alone, before its neighbours are looked at.
marked as (

    select
        *,
        case when value > upper_limit or value < lower_limit then 1 else 0 end as is_outside,
        case when value > centre + 2.0 / 3 * (upper_limit - centre) then 1 else 0 end as is_far_above,
        case when value < centre - 2.0 / 3 * (centre - lower_limit) then 1 else 0 end as is_far_below,
        case when value > centre then 1 else 0 end as is_above,
        case when value < centre then 1 else 0 end as is_below,
        case when value > lag(value) over one_segment then 1 else 0 end as is_rise,
        case when value < lag(value) over one_segment then 1 else 0 end as is_fall
    from limits
    window one_segment as (
        partition by lens, series_key, indicator_code, period_type, segment
        order by period_end_date
    )

),

counted as (

    select
        *,
        sum(is_far_above) over last_three as far_above_of_three,
        sum(is_far_below) over last_three as far_below_of_three,
        sum(is_above) over last_seven as above_of_seven,
        sum(is_below) over last_seven as below_of_seven,
        sum(is_rise) over last_six_steps as rises_of_six,
        sum(is_fall) over last_six_steps as falls_of_six
    from marked
    window
        last_three as (
            partition by lens, series_key, indicator_code, period_type, segment
            order by period_end_date rows between 2 preceding and current row
        ),
        last_seven as (
            partition by lens, series_key, indicator_code, period_type, segment
            order by period_end_date rows between {{ (xmr_run_length() | int) - 1 }} preceding and current row
        ),
        last_six_steps as (
            partition by lens, series_key, indicator_code, period_type, segment
            order by period_end_date rows between {{ (xmr_run_length() | int) - 2 }} preceding and current row
        )

),

targets as (

    select * from {{ ref('int_series_targets') }}

)

select
    counted.lens,
    counted.unit_key,
    counted.indicator_code,
    counted.period_code,
    counted.period_type,
    counted.period_end_date,
    counted.value,
    counted.segment,
    counted.centre,
    counted.lower_limit,
    counted.upper_limit,
    case
        when counted.is_outside = 1 then 'outside_limits'
        when greatest(counted.far_above_of_three, counted.far_below_of_three) >= 2 then 'two_of_three'
        when greatest(counted.above_of_seven, counted.below_of_seven) = {{ xmr_run_length() }} then 'shift'
        when greatest(counted.rises_of_six, counted.falls_of_six) = {{ xmr_run_length() }} - 1 then 'run'
    end as signal,
    case
        when targets.operator is null or targets.target_value is null or counted.lower_limit is null then null
        when {{ is_on_good_side('counted.lower_limit', 'targets.operator', 'targets.target_value', 'null') }}
            and {{ is_on_good_side('counted.upper_limit', 'targets.operator', 'targets.target_value', 'null') }}
            then 'consistently_met'
        when not {{ is_on_good_side('counted.lower_limit', 'targets.operator', 'targets.target_value', 'null') }}
            and not {{ is_on_good_side('counted.upper_limit', 'targets.operator', 'targets.target_value', 'null') }}
            then 'consistently_missed'
        else 'hit_or_miss'
    end as assurance,
    counted.point_count < {{ xmr_trial_points() }} as is_trial
from counted
left join targets
    on targets.lens = counted.lens
        and targets.unit_key = counted.unit_key
        and targets.indicator_code = counted.indicator_code
        and targets.period_code = counted.period_code
order by counted.lens, counted.indicator_code, counted.unit_key, counted.period_end_date
