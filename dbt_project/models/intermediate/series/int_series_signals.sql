{{ config(materialized='view') }}
-- Each figure with the segment of its XmR chart and the signal of its period. A point without a signal of its own still counts
-- for the two of three, the shift and the run of the points after it.
with

figures as (

    select
        figures.*,
        segments.point_count,
        segments.centre,
        segments.lower_uncut,
        segments.upper_uncut
    from {{ ref('int_series_neighbours') }} as figures
    left join {{ ref('int_series_segments') }} as segments
        on segments.line_number = figures.line_number
            and segments.segment = figures.segment

),

with_signals as (

    select
        *,
        case
            when value is null or is_phase then null
            when {{ is_too_rare_for_signal('is_rate', 'denominator', 'centre') }} then null
            when {{ is_beyond('above', 'value', 'upper_uncut') }} or {{ is_beyond('below', 'value', 'lower_uncut') }}
                then 'outside_limits'
            when {{ is_two_of_three('above', 'centre', 'upper_uncut', 'value', 'value_before', 'value_before_that') }}
                then 'two_of_three'
            when {{ is_two_of_three('below', 'centre', 'lower_uncut', 'value', 'value_before', 'value_before_that') }}
                then 'two_of_three'
            when {{ is_beyond('above', 'least_of_run', 'centre') }} or {{ is_beyond('below', 'greatest_of_run', 'centre') }}
                then 'shift'
            when is_run then 'run'
        end as signal
    from figures

)

select
    *,
    case
        when signal is null then null
        when signal = 'run' then case when value > value_before then 1 else -1 end
        when value > centre then 1
        else -1
    end as signal_sign
from with_signals
