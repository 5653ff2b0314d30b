-- For best and worst cases a silent unit counts with its last known denominator.
with

unit_periods as (

    select * from {{ ref('int_unit_rate_periods') }}

),

parents as (

    select * from {{ ref('int_unit_parents') }}

),
{{ silence_of_level('leaf', []) }}
{{ silence_of_level('holder', ['leaf']) }}
{{ silence_of_level('district', ['leaf', 'holder']) }}
{{ silence_of_level('province', ['district', 'leaf', 'holder']) }}
-- The silence of provinces that a build leaves out is taken from the release before.
base_silence as (

    select
        base.unit_key,
        base.indicator_code,
        base.period_code,
        periods.epoch_start_date,
        base.silent_units,
        base.silent_denominator
    from {{ ref('stg_base__province_silence') }} as base
    inner join {{ ref('int_periods') }} as periods on periods.period_code = base.period_code

),
{{ silence_of_level('country', ['province', 'base']) }}
all_levels as (

    select * from leaf_silence
    union all
    select * from holder_silence
    union all
    select * from district_silence
    union all
    select * from province_silence
    union all
    select * from base_silence
    union all
    select * from country_silence

)

select
    unit_key,
    indicator_code,
    period_code,
    silent_units,
    silent_denominator
from all_levels
where silent_units > 0
