-- The figures that the rules of plausibility examine: the units' own figures in force, never totals or panels. Numbers
-- stand for keys and codes, since everything here is sorted and grouped by them.
with

indicator_values as (

    select * from {{ ref('int_indicator_values') }}
    where known_to is null and not is_not_applicable

),

units as (

    select * from {{ ref('int_units') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

-- Only figures that are counted anew each period can show a copy; other figures may stay the same by nature.
indicators as (

    select
        indicators.indicator_code,
        indicators.indicator_number,
        indicators.is_rate,
        indicators.direction,
        indicators.aggregation = 'sum' and measures.numerator_kind in ('flow', 'fresh') as is_numerator_telling,
        indicators.aggregation = 'sum' and measures.denominator_kind in ('flow', 'carried') as is_denominator_telling
    from {{ ref('int_indicators') }} as indicators
    left join {{ ref('indicator_measures') }} as measures on measures.indicator_code = indicators.indicator_code
    where indicators.panel_code is null

),

figures as (

    select
        units.unit_number,
        units.series_number,
        indicators.indicator_number,
        periods.period_type_number,
        periods.period_number,
        indicators.is_rate,
        indicator_values.numerator,
        indicator_values.denominator,
        case when not indicators.is_rate then indicator_values.value end as value,
        case
            when indicators.is_rate and indicators.direction <> 'lower' and indicator_values.denominator > 0
                then indicator_values.denominator
        end as rated_cases,
        case when indicators.is_denominator_telling then indicator_values.denominator end as telling_denominator,
        -- The improbable part of the cases is the number that failed, or that succeeded where success is rarer.
        case
            when not coalesce(indicators.is_numerator_telling, false) then null
            when indicators.is_rate
                then least(indicator_values.numerator, indicator_values.denominator - indicator_values.numerator)
            else indicator_values.value
        end as telling_numerator
    from indicator_values
    inner join units on units.unit_key = indicator_values.unit_key
    inner join periods on periods.period_code = indicator_values.period_code
    inner join indicators on indicators.indicator_code = indicator_values.indicator_code

),

with_the_one_before as (

    select
        *,
        lag(period_number) over one_line as lagged_period_number,
        lag(numerator) over one_line as lagged_numerator,
        lag(denominator) over one_line as lagged_denominator,
        lag(value) over one_line as lagged_value
    from figures
    window one_line as (partition by series_number, indicator_number, period_type_number order by period_number)

)

select
    *,
    coalesce(
        lagged_period_number = period_number - 1
        and numerator is not distinct from lagged_numerator
        and denominator is not distinct from lagged_denominator
        and value is not distinct from lagged_value,
        false
    ) as is_repeated,
    {{ surprise_digits('telling_denominator') }} + {{ surprise_digits('telling_numerator') }} as surprise_digits,
    coalesce(numerator = rated_cases, false) as is_full
from with_the_one_before
