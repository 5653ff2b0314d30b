-- Both periods side by side on the boundaries of the later one. Where no unit changed in between, both are as reported.
with

totals as (

    select * from {{ ref('int_change_totals') }}

),

pairs as (

    select * from {{ ref('int_change_pairs') }}

),

carried as (

    select * from {{ ref('int_change_carried') }}

),

on_the_same_boundaries as (

    select
        later.unit_key,
        later.level,
        later.indicator_code,
        pairs.from_period_code,
        pairs.to_period_code,
        pairs.to_epoch_start_date as epoch_start_date,
        later.rollup,
        earlier.rate as reported_from_rate,
        earlier.rate as from_rate,
        earlier.numerator as from_numerator,
        earlier.denominator as from_denominator,
        later.rate as to_rate,
        later.numerator as to_numerator,
        later.denominator as to_denominator,
        earlier.is_estimated or later.is_estimated as is_estimated,
        earlier.is_simulated or later.is_simulated as is_simulated
    from totals as later
    inner join pairs
        on pairs.to_period_code = later.period_code
            and pairs.from_epoch_start_date = pairs.to_epoch_start_date
    inner join totals as earlier
        on earlier.unit_key = later.unit_key
            and earlier.indicator_code = later.indicator_code
            and earlier.period_code = pairs.from_period_code

),

on_later_boundaries as (

    select
        later.unit_key,
        later.level,
        later.indicator_code,
        pairs.from_period_code,
        pairs.to_period_code,
        pairs.to_epoch_start_date as epoch_start_date,
        later.rollup,
        -- A unit that continues none of its predecessors is compared with all of them together.
        case
            when carried.has_principal then carried.principal_rate
            else {{ percentage('carried.numerator', 'carried.denominator') }}
        end as reported_from_rate,
        {{ percentage('carried.numerator', 'carried.denominator') }} as from_rate,
        carried.numerator as from_numerator,
        carried.denominator as from_denominator,
        later.rate as to_rate,
        later.numerator as to_numerator,
        later.denominator as to_denominator,
        carried.is_estimated or later.is_estimated as is_estimated,
        carried.is_simulated or later.is_simulated as is_simulated
    from totals as later
    inner join pairs
        on pairs.to_period_code = later.period_code
            and pairs.from_epoch_start_date <> pairs.to_epoch_start_date
    inner join carried
        on carried.unit_key = later.unit_key
            and carried.indicator_code = later.indicator_code
            and carried.period_code = pairs.from_period_code
            and carried.epoch_start_date = pairs.to_epoch_start_date

)

select * from on_the_same_boundaries
union all
select * from on_later_boundaries
