-- The register's models as figures of the unit that holds them at the period's end, of periods that have ended.
with

runs as (

    select * from {{ ref('int_model_runs') }}
    where period_end_date <= {{ as_of_date() }}

),

held as (

    {{ with_holders('runs') }}

),

-- In a province that never sent an event of any of its models their results are not known, and not zero.
with_province as (

    select
        held.*,
        max(held.with_event) over (partition by units.province_unit_key, held.period_code) as has_province_events
    from held
    inner join {{ ref('int_units') }} as units on units.unit_key = held.holder_unit_key

),

indicators as (

    select
        recorded.indicator_code,
        recorded.frequency,
        recorded.is_rate,
        measures.kind,
        measures.numerator,
        measures.denominator
    from {{ ref('recorded_indicators') }} as recorded
    inner join {{ ref('model_indicators') }} as measures on measures.indicator_code = recorded.counterpart_code

),

counted as (

    select
        runs.holder_unit_key as unit_key,
        indicators.indicator_code,
        runs.period_code,
        indicators.is_rate,
        sum(case indicators.numerator
            when 'in_force_at_end' then runs.in_force_at_end
            when 'inspected' then runs.inspected
            when 'recognised' then runs.recognised
            when 'awarded' then runs.awarded
            when 'replicated' then runs.replicated
        end) as numerator,
        sum(case indicators.denominator
            when 'in_force' then runs.in_force
            when 'ever_recognised' then runs.ever_recognised
        end) as denominator,
        bool_or(runs.is_simulated) as is_simulated
    from with_province as runs
    inner join indicators
        on {{ is_owed_period_type('indicators.frequency', 'runs.period_type') }}
            and (indicators.kind is null or indicators.kind = runs.kind)
            and (not indicators.is_rate or runs.has_province_events = 1)
    group by runs.holder_unit_key, indicators.indicator_code, runs.period_code, indicators.is_rate

)

select
    unit_key,
    indicator_code,
    period_code,
    case when is_rate then cast(numerator as double) end as numerator,
    case when is_rate then cast(denominator as double) end as denominator,
    case when not is_rate then cast(numerator as double) end as value,
    is_simulated
from counted
where not is_rate or denominator > 0
