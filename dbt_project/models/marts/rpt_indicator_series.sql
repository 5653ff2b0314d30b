with

-- In the order in which pages look for figures, so that a query reads few blocks. Sorted while rows are narrow.
series as (

    select * from {{ ref('int_series_neighbours') }}
    order by series_number, period_number

),

units as (

    select
        units.*,
        scopes.scope_number
    from {{ ref('int_units') }} as units
    left join {{ ref('int_unit_target_scopes') }} as scopes on scopes.unit_key = units.unit_key

),

with_context as (

    select
        series.*,
        {{ lens_of('series.lens_number') }} as lens,
        units.level,
        units.unit_key,
        units.unit_name,
        units.parent_unit_key,
        units.province_code,
        indicators.indicator_code,
        periods.period_code,
        periods.period_type,
        periods.period_end_date,
        targets.operator as target_operator,
        targets.target_value,
        targets.is_target_simulated,
        ranks.rank_low,
        ranks.rank_high,
        ranks.ranked_units
    from series
    inner join units on units.unit_number = series.unit_number
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_number = series.indicator_number
    inner join {{ ref('int_periods') }} as periods
        on periods.period_type_number = series.period_type_number
            and periods.period_number = series.period_number
    left join {{ ref('int_scope_targets') }} as targets
        on targets.scope_number = units.scope_number
            and targets.indicator_number = series.indicator_number
            and targets.period_type_number = series.period_type_number
            and targets.period_number = series.period_number
    left join {{ ref('int_series_ranks') }} as ranks
        on ranks.series_number = series.series_number
            and ranks.period_number = series.period_number

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
    {{ is_on_good_side('value', 'target_operator', 'target_value', 'previous_value') }} as is_met,
    {{ target_distance('value', 'target_operator', 'target_value', 'previous_value') }} as target_distance,
    {{ gap_cases('value', 'numerator', 'denominator', 'is_rate', 'target_operator', 'target_value', 'previous_value') }}
        as gap_cases,
    previous_value,
    value - previous_value as change,
    case
        when is_phase or value is null then null
        when slope_sign is null then 'too_few'
        when slope_sign = 0 then 'steady'
        when direction = 'higher' then case when slope_sign > 0 then 'improving' else 'worsening' end
        when direction = 'lower' then case when slope_sign < 0 then 'improving' else 'worsening' end
    end as trend,
    rank_low,
    rank_high,
    ranked_units,
    is_estimated,
    is_simulated
from with_context
