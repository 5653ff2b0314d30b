-- Simulated targets come with simulated reports and go with them. A target holds for what is reported and for what is counted of
-- the same indicator, unless the counted one has targets of its own.
with

targets as (

    select * from {{ ref('targets') }}

),

indicators as (

    select
        indicator_code,
        case
            when indicator_code in (select own.indicator_code from targets as own) then indicator_code
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
    targets.scope_unit_key,
    units.series_key as scope_series_key,
    targets.level,
    targets.operator,
    cast(targets.target_value as double) as target_value,
    coalesce(targets.valid_from, date '1900-01-01') as alive_from,
    coalesce(targets.valid_to, date '9999-12-31') as alive_to,
    targets.valid_from,
    targets.valid_to,
    targets.source,
    targets.is_simulated
from targets
cross join simulated_files
inner join indicators on indicators.target_code = targets.indicator_code
inner join {{ ref('int_units') }} as units on units.unit_key = targets.scope_unit_key
where not targets.is_simulated or simulated_files.file_count > 0
