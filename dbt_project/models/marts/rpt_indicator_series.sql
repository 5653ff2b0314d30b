with

series as (

    select * from {{ ref('int_series') }}

),

previous as (

    select
        lens,
        series_key,
        indicator_code,
        period_code,
        value
    from {{ ref('int_series') }}

),

units as (

    select * from {{ ref('int_units') }}

),

with_context as (

    select
        series.*,
        units.unit_name,
        units.parent_unit_key,
        units.province_code,
        previous.value as previous_value,
        targets.operator as target_operator,
        targets.target_value,
        targets.is_target_simulated,
        ranks.rank_low,
        ranks.rank_high,
        ranks.ranked_units,
        trends.trend
    from series
    inner join units on units.unit_key = series.unit_key
    left join previous
        on previous.lens = series.lens
            and previous.series_key = series.series_key
            and previous.indicator_code = series.indicator_code
            and previous.period_code = series.previous_period_code
    left join {{ ref('int_series_targets') }} as targets
        on targets.lens = series.lens
            and targets.unit_key = series.unit_key
            and targets.indicator_code = series.indicator_code
            and targets.period_code = series.period_code
    left join {{ ref('int_series_ranks') }} as ranks
        on ranks.lens = series.lens
            and ranks.unit_key = series.unit_key
            and ranks.indicator_code = series.indicator_code
            and ranks.period_code = series.period_code
    left join {{ ref('int_series_trends') }} as trends
        on
            trends.lens = series.lens
            and trends.unit_key = series.unit_key
            and trends.indicator_code = series.indicator_code
            and trends.period_code = series.period_code

)

select
    lens,
    level,
    unit_key,
    unit_name,
    parent_unit_key,
    province_code,
    indicator_code,
    period_code,
    period_type,
    period_end_date,
    numerator,
    denominator,
    value,
    value_low,
    value_high,
    reporting_units,
    expected_units,
    reporting_units / nullif(cast(expected_units as double), 0) as coverage_ratio,
    100.0 * numerator / nullif(denominator + silent_denominator, 0) as bound_low,
    100.0 * (numerator + silent_denominator) / nullif(denominator + silent_denominator, 0) as bound_high,
    target_operator,
    target_value,
    coalesce(is_target_simulated, false) as is_target_simulated,
    {{ verdict('value', 'value_low', 'value_high', 'is_rate', 'target_operator', 'target_value', 'previous_value') }} as verdict,
    {{ gap_cases('value', 'numerator', 'denominator', 'is_rate', 'target_operator', 'target_value', 'previous_value') }}
        as gap_cases,
    previous_value,
    value - previous_value as change,
    trend,
    rank_low,
    rank_high,
    ranked_units,
    is_estimated,
    is_simulated
from with_context
order by lens, indicator_code, level, province_code, unit_key, period_end_date
