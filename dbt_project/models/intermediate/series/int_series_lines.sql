{{ config(materialized='view') }}
-- The three lenses one below the other, in numbers (macros/rules/series_numbers.sql); the marts put the texts back.
with

as_reported as (

    select * from {{ ref('int_series_as_reported') }}

),

current_boundaries as (

    select * from {{ ref('int_series_current_boundaries') }}

),

unchanged_units as (

    select current_boundaries.* from current_boundaries
    inner join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = current_boundaries.unit_key

),

-- Silent units as reported, and carried to the units of today.
silence_as_reported as (

    select * from {{ ref('int_silent_denominators') }}

),

silence_today as (

    select
        paths.to_unit_key as unit_key,
        silence_as_reported.indicator_code,
        silence_as_reported.period_code,
        sum(silence_as_reported.silent_units) as silent_units,
        {{ sum_of_shares('paths.share', 'silence_as_reported.silent_denominator') }} as silent_denominator
    from silence_as_reported
    inner join {{ ref('int_unit_paths_to_current') }} as paths on paths.from_unit_key = silence_as_reported.unit_key
    group by paths.to_unit_key, silence_as_reported.indicator_code, silence_as_reported.period_code

),

all_lenses as (

    {% for lens, silence in [
        ('as_reported', 'silence_as_reported'), ('current_boundaries', 'silence_today'), ('unchanged_units', 'silence_today')
    ] %}
        select
            {{ lens_number(lens) }} as lens_number,
            series.unit_key,
            series.indicator_code,
            series.period_code,
            series.numerator,
            series.denominator,
            series.counted_value,
            series.mean_value,
            series.reporting_units,
            series.expected_units,
            series.report_kinds,
            silence.silent_units,
            silence.silent_denominator,
            series.is_simulated,
            series.is_estimated
        from {{ lens }} as series
        left join {{ silence }} as silence
            on silence.unit_key = series.unit_key
                and silence.indicator_code = series.indicator_code
                and silence.period_code = series.period_code
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

indicators as (

    select * from {{ ref('int_indicators') }}

),

units as (

    select * from {{ ref('int_series_units') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

segments as (

    select * from {{ ref('int_unit_segments') }}

)

select
    all_lenses.lens_number,
    units.unit_number,
    indicators.indicator_number,
    periods.period_type_number,
    periods.period_number,
    {{ line_number(
        'all_lenses.lens_number', 'indicators.indicator_number', 'periods.period_type_number', 'units.series_number'
    ) }} as line_number,
    {{ siblings_number(
        'all_lenses.lens_number', 'indicators.indicator_number', 'periods.period_type_number', 'periods.period_number',
        'units.level_number', 'units.parent_series_number'
    ) }} as siblings_number,
    -- A unit version has no merger inside its own life, so as_reported needs no segments.
    case
        when all_lenses.lens_number = {{ lens_number('as_reported') }} then 1
        else coalesce(segments.segment, 1)
    end as segment,
    periods.period_type = 'phase' as is_phase,
    indicators.is_rate,
    indicators.direction,
    case when indicators.is_rate then all_lenses.numerator end as numerator,
    case when indicators.is_rate then all_lenses.denominator end as denominator,
    case
        when indicators.is_rate then {{ percentage('all_lenses.numerator', 'all_lenses.denominator') }}
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
    cast(all_lenses.report_kinds as smallint) as report_kinds,
    -- Bounds are known only where every silent unit has a denominator to count with.
    case
        when not indicators.is_rate then null
        when all_lenses.expected_units = all_lenses.reporting_units then 0
        when all_lenses.expected_units - all_lenses.reporting_units = all_lenses.silent_units
            then all_lenses.silent_denominator
    end as silent_denominator,
    all_lenses.is_simulated,
    all_lenses.is_estimated
from all_lenses
inner join indicators on indicators.indicator_code = all_lenses.indicator_code
inner join units on units.unit_key = all_lenses.unit_key
inner join periods on periods.period_code = all_lenses.period_code
left join segments
    on segments.unit_key = all_lenses.unit_key
        and segments.epoch_start_date = periods.epoch_start_date
