-- The unit's own limits for how much there is to count (the denominator of a rate, or a count), as an XmR chart that one wild
-- point cannot stretch: medians in place of means, on a scale on which a Poisson count has a deviation of 1. That is also the
-- least deviation taken, since a unit whose figures scatter less than chance has been lucky so far.
{% set nearest_of_interest = 3 -%}
with

indicators as (

    select
        indicator_number,
        direction
    from {{ ref('int_indicators') }}
    where aggregation = 'sum'

),

amounts as (

    select
        figures.*,
        indicators.direction,
        case when figures.is_rate then figures.denominator else figures.value end as amount,
        case when figures.is_rate then figures.lagged_denominator else figures.lagged_value end as lagged_amount
    from {{ ref('int_plausibility_figures') }} as figures
    inner join indicators on indicators.indicator_number = figures.indicator_number
    where case when figures.is_rate then figures.denominator else figures.value end >= 0

),

typical as (

    select
        series_number,
        indicator_number,
        period_type_number,
        count(*) as point_count,
        median(amount) as typical_amount,
        median({{ anscombe('amount') }}) as typical_scaled_amount,
        greatest(
            1.0,
            median(abs({{ anscombe('amount') }} - {{ anscombe('lagged_amount') }})) / {{ median_moving_range_per_deviation() }}
        ) as deviation
    from amounts
    group by series_number, indicator_number, period_type_number

)

select
    amounts.unit_number,
    amounts.indicator_number,
    amounts.period_type_number,
    amounts.period_number,
    amounts.is_rate,
    amounts.direction,
    amounts.amount,
    amounts.numerator / nullif(amounts.denominator, 0) as rate_ratio,
    amounts.lagged_numerator / nullif(amounts.lagged_denominator, 0) as lagged_rate_ratio,
    typical.point_count,
    typical.typical_amount,
    ({{ anscombe('amounts.amount') }} - typical.typical_scaled_amount) / typical.deviation as deviations,
    coalesce(
        ({{ anscombe('amounts.lagged_amount') }} - typical.typical_scaled_amount) / typical.deviation, 0
    ) as lagged_deviations
from amounts
inner join typical
    on typical.series_number = amounts.series_number
        and typical.indicator_number = amounts.indicator_number
        and typical.period_type_number = amounts.period_type_number
where abs({{ anscombe('amounts.amount') }} - typical.typical_scaled_amount) >= {{ nearest_of_interest }} * typical.deviation
