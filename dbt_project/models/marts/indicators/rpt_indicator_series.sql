with

series as (

    select
        *,
        {{ percentage('numerator', '(denominator + silent_denominator)') }} as bound_low,
        {{ percentage('(numerator + silent_denominator)', '(denominator + silent_denominator)') }} as bound_high
    from {{ ref('int_series_figures') }}

),

units as (

    select
        units.*,
        numbered.unit_number,
        scopes.scope_number
    from {{ ref('dim_units') }} as units
    inner join {{ ref('int_units') }} as numbered on numbered.unit_key = units.unit_key
    left join {{ ref('int_unit_target_scopes') }} as scopes on scopes.unit_key = units.unit_key

),

indicators as (

    select
        indicators.*,
        numbered.indicator_number,
        numbered.reported_code
    from {{ ref('dim_indicators') }} as indicators
    inner join {{ ref('int_indicators') }} as numbered on numbered.indicator_code = indicators.indicator_code

)

select
    {{ lens_of('series.lens_number') }} as lens,
    units.level,
    units.unit_key,
    units.unit_name,
    units.series_key,
    units.parent_unit_key,
    units.parent_series_key,
    units.province_code,
    units.current_province_code,
    units.valid_to as unit_valid_to,
    indicators.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    indicators.unit,
    indicators.unit_en,
    indicators.direction,
    indicators.frequency,
    indicators.is_rate,
    indicators.is_panel,
    indicators.panel_code,
    indicators.sort_order,
    indicators.source_kind,
    indicators.counterpart_code,
    {{ is_leading('indicators', 'leaders') }} as is_leading,
    indicators.source,
    periods.period_code,
    periods.period_type,
    periods.period_end_date,
    series.numerator,
    series.denominator,
    series.value,
    series.value_low,
    series.value_high,
    series.reporting_units,
    series.expected_units,
    series.reporting_units / nullif(cast(series.expected_units as double), 0) as coverage_ratio,
    {{ coverage_kind('series.report_kinds', 'units.level', 'series.expected_units') }} as coverage_kind,
    series.bound_low,
    series.bound_high,
    targets.operator as target_operator,
    targets.target_value,
    coalesce(targets.is_target_simulated, false) as is_target_simulated,
    {{ verdict(
        'series.value', 'series.value_low', 'series.value_high', 'indicators.is_rate', 'targets.operator', 'targets.target_value',
        'series.previous_value'
    ) }} as verdict,
    {{ is_small(
        'series.value_low', 'series.denominator', 'indicators.is_rate', 'targets.operator', 'targets.target_value'
    ) }} as is_small,
    {{ is_provisional(
        'series.value', 'series.bound_low', 'series.bound_high', '(series.expected_units - series.reporting_units)',
        'targets.operator', 'targets.target_value', 'series.previous_value'
    ) }} as is_provisional,
    {{ is_on_good_side('series.value', 'targets.operator', 'targets.target_value', 'series.previous_value') }} as is_met,
    {{ target_distance('series.value', 'targets.operator', 'targets.target_value', 'series.previous_value') }}
        as target_distance,
    {{ gap_cases(
        'series.value', 'series.numerator', 'series.denominator', 'indicators.is_rate', 'targets.operator',
        'targets.target_value', 'series.previous_value'
    ) }} as gap_cases,
    series.previous_value,
    series.value - series.previous_value as change,
    {{ trend('series.slope_sign', 'indicators.direction', 'series.value') }} as trend,
    {{ change_class('series.signal_sign', 'series.slope_sign', 'indicators.direction', 'series.value') }} as change_class,
    series.rank_low,
    series.rank_high,
    series.ranked_units,
    series.rank_high - series.rank_low < {{ widest_rank_range() }} * (series.ranked_units - 1) as is_rankable,
    case
        when indicators.is_rate then {{ percentage('parts.numerator', 'parts.denominator') }}
        else parts.counted_value
    end as parts_value,
    coalesce(parts.numerator - series.numerator > {{ tolerance() }}, false)
    or coalesce(parts.denominator - series.denominator > {{ tolerance() }}, false)
    or coalesce(parts.counted_value - series.value > {{ tolerance() }}, false) as is_contradicted,
    series.is_estimated,
    series.is_simulated
from series
inner join units on units.unit_number = series.unit_number
inner join indicators on indicators.indicator_number = series.indicator_number
inner join {{ ref('int_periods') }} as periods
    on periods.period_type_number = series.period_type_number
        and periods.period_number = series.period_number
left join {{ ref('int_scope_targets') }} as targets
    on targets.scope_number = units.scope_number
        and targets.indicator_number = series.indicator_number
        and targets.period_type_number = series.period_type_number
        and targets.period_number = series.period_number
left join {{ ref('int_series_parts') }} as parts
    on parts.lens_number = series.lens_number
        and parts.unit_number = series.unit_number
        and parts.indicator_number = series.indicator_number
        and parts.period_type_number = series.period_type_number
        and parts.period_number = series.period_number
left join {{ ref('leading_figures') }} as leaders
    on leaders.indicator_code = indicators.reported_code
        and periods.period_end_date between {{ span_of('leaders') }}
