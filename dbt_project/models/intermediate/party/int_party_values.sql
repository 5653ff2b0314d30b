-- The party's own figures: what a committee or a cell reported or the warehouse counted for it, and whether a base committee has
-- a registered model, its cells included. A unit that answered "not applicable" has a row without a figure.
with

ways as (

    select * from {{ ref('int_party_ways') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

all_values as (

    select * from {{ ref('int_values_in_force') }}

),

own_values as (

    select
        all_values.*,
        periods.period_end_date
    from all_values
    inner join ways on ways.unit_key = all_values.unit_key and ways.part_unit_key = all_values.unit_key
    inner join periods on periods.period_code = all_values.period_code

),

-- How many models in force each committee has below it and of its own.
models_held as (

    select
        ways.unit_key,
        own_values.period_code,
        own_values.period_end_date,
        sum(own_values.value) as models_count,
        bool_or(own_values.is_simulated) as is_simulated
    from own_values
    inner join ways
        on ways.part_unit_key = own_values.unit_key
            and own_values.period_end_date between ways.first_date and ways.last_date
    where own_values.indicator_code = 'DVK_DK_GN'
    group by ways.unit_key, own_values.period_code, own_values.period_end_date

),

-- Where any unit of a tree has a model, each base committee of the tree has one or has none.
base_committees as (

    select distinct
        ways.part_unit_key as unit_key,
        models_held.period_code,
        models_held.period_end_date,
        models_held.is_simulated
    from models_held
    inner join ways
        on ways.unit_key = models_held.unit_key
            and models_held.period_end_date between ways.first_date and ways.last_date
    inner join {{ ref('int_units') }} as units
        on units.unit_key = ways.part_unit_key
            and units.reporting_level in ('party_committee', 'commune_committee')

),

committees_with_models as (

    select
        base_committees.unit_key,
        'DVK_TLCS_DANG_GN' as indicator_code,
        base_committees.period_code,
        max(case when models_held.models_count > 0 then 1 else 0 end) as numerator,
        1 as denominator,
        base_committees.period_end_date,
        bool_or(base_committees.is_simulated) as is_simulated
    from base_committees
    left join models_held
        on models_held.unit_key = base_committees.unit_key
            and models_held.period_code = base_committees.period_code
    group by base_committees.unit_key, base_committees.period_code, base_committees.period_end_date

)

select
    unit_key,
    indicator_code,
    period_code,
    period_end_date,
    numerator,
    denominator,
    value,
    is_not_applicable,
    is_simulated
from own_values
union all
select
    unit_key,
    indicator_code,
    period_code,
    period_end_date,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    100 * cast(numerator as double) as value,
    false as is_not_applicable,
    is_simulated
from committees_with_models
