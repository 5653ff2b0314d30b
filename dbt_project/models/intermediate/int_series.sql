with

as_reported as (

    select * from {{ ref('int_series_as_reported') }}

),

current_boundaries as (

    select * from {{ ref('int_series_current_boundaries') }}

),

unchanged_units as (

    select * from {{ ref('int_series_current_boundaries') }}
    where unit_key in (select unchanged.unit_key from {{ ref('int_unchanged_units') }} as unchanged)

),

all_lenses as (

    {% for lens in ['as_reported', 'current_boundaries', 'unchanged_units'] %}
        select
            '{{ lens }}' as lens,
            unit_key,
            level,
            indicator_code,
            period_code,
            numerator,
            denominator,
            counted_value,
            mean_value,
            reporting_units,
            expected_units,
            is_simulated,
            is_estimated
        from {{ lens }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

indicators as (

    select * from {{ ref('int_indicators') }}

),

units as (

    select * from {{ ref('int_units') }}

),

-- Silent units as reported, and the same carried to the units of today.
silence_as_reported as (

    select * from {{ ref('int_silent_denominators') }}

),

silence_today as (

    select
        paths.to_unit_key as unit_key,
        silence_as_reported.indicator_code,
        silence_as_reported.period_code,
        sum(silence_as_reported.silent_units) as silent_units,
        sum(paths.share * silence_as_reported.silent_denominator) as silent_denominator
    from silence_as_reported
    inner join {{ ref('int_unit_paths_to_current') }} as paths on paths.from_unit_key = silence_as_reported.unit_key
    group by paths.to_unit_key, silence_as_reported.indicator_code, silence_as_reported.period_code

),

silence as (

    {% for lens, relation in [
        ('as_reported', 'silence_as_reported'), ('current_boundaries', 'silence_today'), ('unchanged_units', 'silence_today')
    ] %}
        select
            '{{ lens }}' as lens,
            unit_key,
            indicator_code,
            period_code,
            silent_units,
            silent_denominator
        from {{ relation }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

periods as (

    select * from {{ ref('int_periods') }}

)

select
    all_lenses.lens,
    all_lenses.level,
    all_lenses.unit_key,
    units.series_key,
    units.parent_series_key,
    all_lenses.indicator_code,
    indicators.direction,
    indicators.is_rate,
    all_lenses.period_code,
    periods.period_type,
    periods.period_end_date,
    periods.previous_period_code,
    case when indicators.is_rate then all_lenses.numerator end as numerator,
    case when indicators.is_rate then all_lenses.denominator end as denominator,
    case
        when indicators.is_rate then 100.0 * all_lenses.numerator / nullif(all_lenses.denominator, 0)
        when indicators.aggregation = 'weighted_mean' then all_lenses.mean_value
        else all_lenses.counted_value
    end as value,
    case when indicators.is_rate
            then {{ wilson_limit('all_lenses.numerator', 'all_lenses.denominator', '-') }}
    end as value_low,
    case when indicators.is_rate
            then {{ wilson_limit('all_lenses.numerator', 'all_lenses.denominator', '+') }}
    end as value_high,
    cast(all_lenses.reporting_units as bigint) as reporting_units,
    cast(all_lenses.expected_units as bigint) as expected_units,
    -- Bounds are known only where every silent unit has a denominator to count with.
    case
        when not indicators.is_rate then null
        when all_lenses.expected_units = all_lenses.reporting_units then 0
        when all_lenses.expected_units - all_lenses.reporting_units
            = silence.silent_units
            then silence.silent_denominator
    end as silent_denominator,
    all_lenses.is_simulated,
    all_lenses.is_estimated
from all_lenses
inner join indicators on indicators.indicator_code = all_lenses.indicator_code
inner join units on units.unit_key = all_lenses.unit_key
inner join periods on periods.period_code = all_lenses.period_code
left join silence
    on silence.lens = all_lenses.lens
        and silence.unit_key = all_lenses.unit_key
        and silence.indicator_code = all_lenses.indicator_code
        and silence.period_code = all_lenses.period_code
