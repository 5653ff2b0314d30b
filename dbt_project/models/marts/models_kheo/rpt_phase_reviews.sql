{% set measures = {
    'units_registered': ('units_with_models', 'units_total', 'DVK_TLCS'),
    'recognised': ('recognised_count', 'registered_count', 'DVK_CN'),
    'awarded': ('awarded_count', 'registered_count', 'DVK_KT'),
    'replicated': ('recognised_and_replicated_count', 'recognised_count', 'DVK_NR')
} -%}
with

counts as (

    select * from {{ ref('int_phase_review_counts') }}

),

counted as (

    {% for measure, (numerator, denominator, indicator_code) in measures.items() -%}
        select
            lens,
            unit_key,
            level,
            phase,
            review_type,
            review_date,
            counted_to_date,
            '{{ measure }}' as measure,
            '{{ indicator_code }}' as indicator_code,
            registered_count,
            cast({{ numerator }} as double) as numerator,
            cast({{ denominator }} as double) as denominator,
            100.0 * cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0) as value,
            is_simulated
        from counts
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

units_with_models as (

    select distinct
        unit_key,
        level,
        bool_or(is_simulated) over () as has_simulated
    from counts

),

-- The target of the nearest scope upward; at one scope a target of the unit's level goes before one for every level. Simulated
-- targets come with simulated models and go with them.
candidates as (

    select
        units.unit_key,
        targets.phase,
        targets.review_type,
        targets.measure,
        targets.is_simulated,
        targets.operator,
        cast(targets.target_value as double) as target_value,
        row_number() over (
            partition by units.unit_key, targets.phase, targets.review_type, targets.measure
            order by ancestors.distance asc, case when targets.level is null then 1 else 0 end asc
        ) as nearness
    from units_with_models as units
    inner join {{ ref('int_unit_ancestors') }} as ancestors on ancestors.unit_key = units.unit_key
    inner join {{ ref('int_units') }} as scopes on scopes.series_key = ancestors.ancestor_series_key
    inner join {{ ref('phase_targets') }} as targets
        on targets.scope_unit_key = scopes.unit_key
            and (targets.level is null or targets.level = units.level)
            and (not targets.is_simulated or units.has_simulated)

),

judged as (

    select
        counted.*,
        counted.review_date <= {{ as_of_date() }} as is_over,
        {{ wilson_limit('counted.numerator', 'counted.denominator', '-') }} as value_low,
        {{ wilson_limit('counted.numerator', 'counted.denominator', '+') }} as value_high,
        targets.operator as target_operator,
        targets.target_value,
        coalesce(targets.is_simulated, false) as is_target_simulated
    from counted
    left join candidates as targets
        on targets.unit_key = counted.unit_key
            and targets.phase = counted.phase
            and targets.review_type = counted.review_type
            and targets.measure = counted.measure
            and targets.nearness = 1

)

select
    judged.lens,
    judged.level,
    judged.unit_key,
    units.unit_name,
    units.province_code,
    units.current_province_code,
    judged.phase,
    judged.review_type,
    reviews.review_name_vi,
    reviews.review_name_en,
    judged.review_date,
    judged.counted_to_date,
    judged.is_over,
    judged.measure,
    judged.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    judged.registered_count,
    judged.numerator,
    judged.denominator,
    judged.value,
    judged.value_low,
    judged.value_high,
    judged.target_operator,
    judged.target_value,
    case
        when not judged.is_over then 'not_yet_due'
        when judged.value is null then 'not_known'
        else {{ verdict(
            'judged.value', 'judged.value_low', 'judged.value_high', 'true', 'judged.target_operator', 'judged.target_value',
            'null'
        ) }}
    end as verdict,
    reported.numerator as reported_numerator,
    reported.denominator as reported_denominator,
    reported.value as reported_value,
    judged.is_simulated,
    judged.is_target_simulated
from judged
inner join {{ ref('dim_units') }} as units on units.unit_key = judged.unit_key
inner join {{ ref('phase_reviews') }} as reviews
    on reviews.phase = judged.phase and reviews.review_type = judged.review_type
left join {{ ref('dim_indicators') }} as indicators on indicators.indicator_code = judged.indicator_code
left join {{ ref('rpt_indicator_series') }} as reported
    on judged.review_type = 'final'
        and reported.lens = judged.lens
        and reported.unit_key = judged.unit_key
        and reported.indicator_code = judged.indicator_code
        and reported.period_code = judged.phase
order by judged.lens, judged.level, judged.unit_key, judged.phase, judged.review_date, judged.measure
