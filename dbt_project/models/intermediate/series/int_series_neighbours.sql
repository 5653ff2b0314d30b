{% set run_length = xmr_run_length() | int -%}
{% set steps_back = range(1, run_length) -%}
-- Each figure beside the earlier figures of its line: one pass over the lines in the order of time.
with

series as (

    select
        *,
        case when value is not null then period_number end as known_period_number,
        case when value is not null then segment end as known_segment,
        case when value is not null then numerator end as known_numerator,
        case when value is not null then denominator end as known_denominator
    from {{ ref('int_series_lines') }}

),

with_earlier as (

    select
        *,
        {% for back in steps_back -%}
            {{ lag_known('value', back, 'one_line') }} as value_{{ back }},
        {% endfor -%}
        {% for back in [1, 2, 3, 4] -%}
            {{ lag_known('known_numerator', back, 'one_line') }} as numerator_{{ back }},
            {{ lag_known('known_denominator', back, 'one_line') }} as denominator_{{ back }},
        {% endfor -%}
        {% for back in [1, 2, run_length - 1] -%}
            {{ lag_known('known_segment', back, 'one_line') }} as segment_{{ back }},
        {% endfor -%}
        {{ lag_known('known_period_number', 1, 'one_line') }} as period_number_1,
        {{ lag_known('known_period_number', 4, 'one_line') }} as period_number_4
    from series
    window one_line as (partition by line_number order by period_number)

)

select
    lens_number,
    unit_number,
    indicator_number,
    period_type_number,
    period_number,
    line_number,
    siblings_number,
    segment,
    is_phase,
    is_rate,
    direction,
    numerator,
    denominator,
    value,
    value_low,
    value_high,
    reporting_units,
    expected_units,
    report_kinds,
    silent_denominator,
    is_simulated,
    is_estimated,
    case when period_number_1 = period_number - 1 then value_1 end as previous_value,
    -- The last five periods of the type, one after the other; a gap starts anew.
    case
        when value is null or is_phase then null
        when period_number_4 is null or period_number_4 <> period_number - 4 then null
        when is_rate then {{ trend_of_rates(
            ['numerator_4', 'numerator_3', 'numerator_2', 'numerator_1', 'numerator'],
            ['denominator_4', 'denominator_3', 'denominator_2', 'denominator_1', 'denominator'],
        ) }}
        else {{ trend_of_counts(['value_4', 'value_3', 'value_2', 'value_1', 'value']) }}
    end as slope_sign,
    -- The columns from here on are for XmR charts, inside the segment only.
    case when segment_1 = segment then value_1 end as value_before,
    case when segment_2 = segment then value_2 end as value_before_that,
    case when segment_{{ run_length - 1 }} = segment
            then least(value, value_{{ steps_back | join(', value_') }})
    end as least_of_run,
    case when segment_{{ run_length - 1 }} = segment
            then greatest(value, value_{{ steps_back | join(', value_') }})
    end as greatest_of_run,
    segment_{{ run_length - 1 }} = segment
    and (
        {% for side in ['above', 'below'] -%}
            (
                {{ is_beyond(side, 'value', 'value_1') }}
                {%- for back in range(1, run_length - 1) %}
                    and {{ is_beyond(side, 'value_' ~ back, 'value_' ~ (back + 1)) }}
                {%- endfor %}
            ){{ ' or ' if not loop.last }}
        {%- endfor %}
    ) as is_run
from with_earlier
