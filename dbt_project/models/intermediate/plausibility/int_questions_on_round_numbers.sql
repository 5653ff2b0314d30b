-- Round-number heaping. Only figures whose last digit chance decides are looked at: large ones, that move from period to period.
-- A figure equal to the one before, or a numerator equal to its denominator, is no draw of its own and is left out.
with

figures as (

    select
        figures.*,
        measures.denominator_kind in ('flow', 'carried') as is_denominator_counted
    from {{ ref('int_plausibility_figures') }} as figures
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_number = figures.indicator_number
    inner join {{ ref('indicator_measures') }} as measures on measures.indicator_code = indicators.indicator_code
    where indicators.aggregation = 'sum' and measures.numerator_kind in ('flow', 'fresh')

),

-- Lines of small figures are left out at once: no part of theirs can be large.
latest as (

    select
        series_number,
        indicator_number,
        period_type_number,
        max(period_number) as period_number
    from figures
    group by series_number, indicator_number, period_type_number
    having max(coalesce(denominator, value)) >= {{ plausibility_limit('round_numbers', 'least_typical_size') }}
        and sum(case when coalesce(denominator, value) % 10 = 0 or numerator % 10 = 0 then 1 else 0 end) > 1

),

looked_at as (

    select figures.*
    from figures
    inner join latest
        on latest.series_number = figures.series_number
            and latest.indicator_number = figures.indicator_number
            and latest.period_type_number = figures.period_type_number
    where figures.period_number > latest.period_number - {{ plausibility_limit('round_numbers', 'periods_looked_at') }}

),

drawn_figures as (

    {% for part, condition in [
        ('numerator', 'numerator <> denominator'), ('denominator', 'is_denominator_counted'), ('value', 'true')
    ] %}
        select
            series_number,
            indicator_number,
            period_type_number,
            '{{ part }}' as part,
            unit_number,
            period_number,
            {{ part }} as figure,
            abs({{ part }} - lagged_{{ part }}) as figure_change
        from looked_at
        where {{ part }} <> lagged_{{ part }} and {{ condition }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

counted_parts as (

    select
        series_number,
        indicator_number,
        period_type_number,
        max_by(unit_number, period_number) as unit_number,
        max(period_number) as period_number,
        min(period_number) as first_period_number,
        count(*) as figure_count,
        sum(case when figure % 10 = 0 then 1 else 0 end) as round_count
    from drawn_figures
    group by series_number, indicator_number, period_type_number, part
    having median(figure) >= {{ plausibility_limit('round_numbers', 'least_typical_size') }}
        and avg(figure_change) >= {{ plausibility_limit('round_numbers', 'least_typical_change') }}

),

counted as (

    select
        indicator_number,
        period_type_number,
        max_by(unit_number, period_number) as unit_number,
        max(period_number) as period_number,
        min(first_period_number) as first_period_number,
        sum(figure_count) as figure_count,
        sum(round_count) as round_count
    from counted_parts
    group by series_number, indicator_number, period_type_number

)

select
    'round_numbers' as rule_code,
    counted.unit_number,
    counted.indicator_number,
    counted.period_type_number,
    counted.period_number,
    counted.first_period_number,
    counted.round_count as found_figure,
    round(counted.figure_count * {{ plausibility_limit('round_numbers', 'chance_of_round') }}) as expected_figure,
    counted.figure_count,
    tails.tail_chance
from counted
inner join {{ ref('int_binomial_tails') }} as tails
    on tails.trial_count = counted.figure_count and tails.hit_count = counted.round_count
where counted.figure_count >= {{ plausibility_limit('round_numbers', 'least_figures') }}
    and tails.tail_chance <= {{ plausibility_limit('round_numbers', 'most_chance') }}
