-- The totals of an earlier period on the boundaries of a later one, where units changed between the two: the cases of each unit
-- go to its successors by then and are added up there.
with

totals as (

    select * from {{ ref('int_change_totals') }}

),

pairs as (

    select distinct
        from_period_code,
        from_epoch_start_date,
        to_epoch_start_date
    from {{ ref('int_change_pairs') }}
    where from_epoch_start_date <> to_epoch_start_date

),

descents as (

    select * from {{ ref('int_unit_descents') }}

),

principals as (

    select * from {{ ref('int_change_principals') }}

)

select
    descents.to_unit_key as unit_key,
    pairs.to_epoch_start_date as epoch_start_date,
    totals.indicator_code,
    totals.period_code,
    sum(descents.share * totals.numerator) as numerator,
    sum(descents.share * totals.denominator) as denominator,
    max(case when principals.principal_unit_key = totals.unit_key then totals.rate end) as principal_rate,
    count(principals.principal_unit_key) > 0 as has_principal,
    bool_or(totals.is_estimated or abs(descents.share - 1) > {{ tolerance() }}) as is_estimated,
    bool_or(totals.is_simulated) as is_simulated
from totals
inner join pairs on pairs.from_period_code = totals.period_code
inner join descents
    on descents.from_unit_key = totals.unit_key
        and descents.epoch_start_date = pairs.to_epoch_start_date
left join principals
    on principals.unit_key = descents.to_unit_key
        and principals.from_epoch_start_date = pairs.from_epoch_start_date
group by descents.to_unit_key, pairs.to_epoch_start_date, totals.indicator_code, totals.period_code
