with

reported as (

    select * from {{ ref('rpt_indicator_series') }}
    where lens <> 'as_reported' and value is not null

),

indicators as (

    select * from {{ ref('model_indicators') }}

),

register_counts as (

    select * from {{ ref('int_model_register_counts') }}

),

-- Before a unit's first registration, and of a unit without any, the register knows nothing.
registering_units as (

    select
        lens,
        unit_key,
        min(registered_date) as first_registered_date
    from {{ ref('int_model_placements') }}
    group by lens, unit_key

),

periods as (

    select * from {{ ref('int_periods') }}

),

measured as (

    select
        register_counts.lens,
        register_counts.unit_key,
        register_counts.period_code,
        indicators.indicator_code,
        sum(register_counts.with_event_count) as with_event_count,
        sum(case indicators.numerator
            when 'in_force_at_end' then register_counts.in_force_at_end_count
            when 'inspected' then register_counts.inspected_count
            when 'recognised' then register_counts.recognised_count
            when 'awarded' then register_counts.awarded_count
            when 'replicated' then register_counts.replicated_count
        end) as numerator,
        sum(case indicators.denominator
            when 'in_force' then register_counts.in_force_count
            when 'ever_recognised' then register_counts.ever_recognised_count
        end) as denominator
    from register_counts
    inner join indicators on indicators.kind is null or indicators.kind = register_counts.kind
    group by
        register_counts.lens, register_counts.unit_key, register_counts.period_code, indicators.indicator_code,
        indicators.numerator

),

compared as (

    select
        reported.lens,
        reported.level,
        reported.unit_key,
        reported.unit_name,
        reported.province_code,
        reported.current_province_code,
        reported.indicator_code,
        reported.indicator_name_vi,
        reported.indicator_name_en,
        reported.period_code,
        reported.period_end_date,
        coalesce(reported.numerator, reported.value) as reported_numerator,
        reported.denominator as reported_denominator,
        reported.coverage_ratio,
        registering_units.unit_key is not null as has_registrations,
        -- No event of any of these models was reported: their results are not known, and not zero.
        case
            when registering_units.unit_key is null then null
            when indicators.numerator = 'in_force_at_end' then coalesce(measured.numerator, 0)
            when measured.with_event_count > 0 then measured.numerator
        end as register_numerator,
        case
            when registering_units.unit_key is not null and indicators.denominator is not null
                then coalesce(measured.denominator, 0)
        end as register_denominator
    from reported
    inner join indicators on indicators.indicator_code = reported.indicator_code
    inner join periods on periods.period_code = reported.period_code
    left join registering_units
        on registering_units.lens = reported.lens
            and registering_units.unit_key = reported.unit_key
            and registering_units.first_registered_date <= periods.period_end_date
    left join measured
        on measured.lens = reported.lens
            and measured.unit_key = reported.unit_key
            and measured.period_code = reported.period_code
            and measured.indicator_code = reported.indicator_code

)

select
    lens,
    level,
    unit_key,
    unit_name,
    province_code,
    current_province_code,
    indicator_code,
    indicator_name_vi,
    indicator_name_en,
    period_code,
    period_end_date,
    reported_numerator,
    reported_denominator,
    cast(register_numerator as bigint) as register_numerator,
    cast(register_denominator as bigint) as register_denominator,
    reported_numerator - register_numerator as numerator_difference,
    reported_denominator - register_denominator as denominator_difference,
    has_registrations,
    coverage_ratio
from compared
order by lens, level, unit_key, indicator_code, period_code
