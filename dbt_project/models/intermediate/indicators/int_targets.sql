-- Simulated targets come with simulated reports and go with them. A target holds for what is reported and for what is counted of
-- the same indicator, unless the counted one has targets of its own. A target of a former unit binds its heir only from the day
-- on which the heir adopted it (seed adopted_targets).
with

adopted as (

    select
        targets.indicator_code,
        adopted_targets.to_unit_key as scope_unit_key,
        targets.level,
        targets.operator,
        targets.target_value,
        adopted_targets.valid_from,
        coalesce(adopted_targets.valid_to, targets.valid_to) as valid_to,
        adopted_targets.source,
        targets.is_simulated or adopted_targets.is_simulated as is_simulated,
        adopted_targets.from_unit_key as adopted_from_unit_key
    from {{ ref('adopted_targets') }} as adopted_targets
    inner join {{ ref('targets') }} as targets
        on targets.indicator_code = adopted_targets.indicator_code
            and targets.scope_unit_key = adopted_targets.from_unit_key
            and adopted_targets.valid_from between {{ span_of('targets') }}

),

all_targets as (

    select
        *,
        cast(null as varchar) as adopted_from_unit_key
    from {{ ref('targets') }}
    union all
    select * from adopted

),

indicators as (

    select
        indicator_code,
        case
            when indicator_code in (select own.indicator_code from {{ ref('targets') }} as own) then indicator_code
            else reported_code
        end as target_code
    from {{ ref('int_indicators') }}

),

simulated_files as (

    select count(*) as file_count from {{ ref('stg_raw__files') }}
    where is_simulated

)

select
    indicators.indicator_code,
    all_targets.scope_unit_key,
    units.series_key as scope_series_key,
    all_targets.level,
    all_targets.operator,
    cast(all_targets.target_value as double) as target_value,
    coalesce(all_targets.valid_from, date '1900-01-01') as alive_from,
    coalesce(all_targets.valid_to, date '9999-12-31') as alive_to,
    all_targets.valid_from,
    all_targets.valid_to,
    all_targets.source,
    all_targets.adopted_from_unit_key,
    all_targets.is_simulated
from all_targets
cross join simulated_files
inner join indicators on indicators.target_code = all_targets.indicator_code
inner join {{ ref('int_units') }} as units on units.unit_key = all_targets.scope_unit_key
where not all_targets.is_simulated or simulated_files.file_count > 0
