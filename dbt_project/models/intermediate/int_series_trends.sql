-- The last five periods of the type, one after the other; a gap, like a merger, starts anew.
with

periods as (

    select
        period_code,
        row_number() over (partition by period_type order by period_start_date) as period_number
    from {{ ref('int_periods') }}
    where period_type <> 'phase'

),

series as (

    select
        series.lens,
        series.unit_key,
        series.series_key,
        series.indicator_code,
        series.direction,
        series.is_rate,
        series.period_code,
        series.period_type,
        periods.period_number,
        series.numerator,
        series.denominator,
        series.value
    from {{ ref('int_series') }} as series
    inner join periods on periods.period_code = series.period_code
    where series.value is not null

),

five_in_a_row as (

    select
        *,
        {% for back in [4, 3, 2, 1] -%}
            {% for column in ['numerator', 'denominator', 'value'] -%}
                lag({{ column }}, {{ back }}) over one_series as {{ column }}_{{ back }},
            {% endfor -%}
        {% endfor -%}
        lag(period_number, 4) over one_series as first_period_number
    from series
    window one_series as (partition by lens, series_key, indicator_code, period_type order by period_number)

),

slopes as (

    select
        lens,
        unit_key,
        indicator_code,
        period_code,
        direction,
        case
            when coalesce(first_period_number, 0) <> period_number - 4 then null
            when is_rate then {{ trend_of_rates(
                ['numerator_4', 'numerator_3', 'numerator_2', 'numerator_1', 'numerator'],
                ['denominator_4', 'denominator_3', 'denominator_2', 'denominator_1', 'denominator'],
            ) }}
            else {{ trend_of_counts(['value_4', 'value_3', 'value_2', 'value_1', 'value']) }}
        end as slope_sign
    from five_in_a_row

)

select
    lens,
    unit_key,
    indicator_code,
    period_code,
    case
        when slope_sign is null then 'too_few'
        when slope_sign = 0 then 'steady'
        when direction = 'higher' then case when slope_sign > 0 then 'improving' else 'worsening' end
        when direction = 'lower' then case when slope_sign < 0 then 'improving' else 'worsening' end
    end as trend
from slopes
