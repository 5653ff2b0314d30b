with

parts as (

    select * from {{ ref('int_party_parts') }}

),

own_values as (

    select * from {{ ref('int_party_values') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

indicators as (

    select * from {{ ref('dim_indicators') }}

),

totals as (

    select
        parts.unit_key,
        parts.indicator_code,
        parts.period_code,
        parts.period_end_date,
        sum(case when parts.is_in_total then own_values.numerator end) as numerator,
        sum(case when parts.is_in_total then own_values.denominator end) as denominator,
        sum(case when parts.is_in_total then own_values.value end) as counted_value,
        sum(case when parts.is_in_parts then own_values.numerator end) as parts_numerator,
        sum(case when parts.is_in_parts then own_values.denominator end) as parts_denominator,
        sum(case when parts.is_in_parts then own_values.value end) as parts_counted_value,
        max(case when parts.is_in_total and parts.steps_up = 0 then 1 else 0 end) = 1 as is_own,
        count(case when parts.is_in_total then 1 end) as reporting_units,
        count(case when parts.is_in_total or parts.is_waited_for then 1 end) as expected_units,
        bool_or(parts.is_in_total and own_values.is_simulated) as is_simulated
    from parts
    left join own_values
        on own_values.unit_key = parts.part_unit_key
            and own_values.indicator_code = parts.indicator_code
            and own_values.period_code = parts.period_code
    group by parts.unit_key, parts.indicator_code, parts.period_code, parts.period_end_date

)

select
    'party' as hierarchy,
    totals.unit_key,
    units.unit_name,
    units.unit_type,
    units.province_code,
    units.current_province_code,
    totals.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    indicators.unit,
    indicators.unit_en,
    indicators.is_rate,
    indicators.source_kind,
    totals.period_code,
    totals.period_end_date,
    totals.numerator,
    totals.denominator,
    case
        when indicators.is_rate then {{ percentage('totals.numerator', 'totals.denominator') }}
        else totals.counted_value
    end as value,
    case when indicators.is_rate then {{ wilson_limit('totals.numerator', 'totals.denominator', '-') }} end as value_low,
    case when indicators.is_rate then {{ wilson_limit('totals.numerator', 'totals.denominator', '+') }} end as value_high,
    totals.is_own,
    totals.reporting_units,
    totals.expected_units,
    cast(totals.reporting_units as double) / cast(totals.expected_units as double) as coverage_ratio,
    case
        when indicators.is_rate then {{ percentage('totals.parts_numerator', 'totals.parts_denominator') }}
        else totals.parts_counted_value
    end as parts_value,
    case
        when indicators.is_rate
            then coalesce(totals.parts_numerator - totals.numerator > {{ tolerance() }}, false)
                or coalesce(totals.parts_denominator - totals.denominator > {{ tolerance() }}, false)
        else coalesce(totals.parts_counted_value - totals.counted_value > {{ tolerance() }}, false)
    end as is_contradicted,
    totals.is_simulated
from totals
inner join units on units.unit_key = totals.unit_key
inner join indicators on indicators.indicator_code = totals.indicator_code
where totals.reporting_units > 0
order by totals.unit_key, totals.indicator_code, totals.period_end_date, totals.period_code
