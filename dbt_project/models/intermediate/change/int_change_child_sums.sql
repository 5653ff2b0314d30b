-- The sums over the children of a unit that have a rate, as reported and on the boundaries of later epochs.
with

parents as (

    select * from {{ ref('int_unit_parents') }}

),

children as (

    select
        unit_key,
        epoch_start_date,
        indicator_code,
        period_code,
        numerator,
        denominator,
        is_estimated
    from {{ ref('int_change_totals') }}
    union all
    select
        unit_key,
        epoch_start_date,
        indicator_code,
        period_code,
        numerator,
        denominator,
        is_estimated
    from {{ ref('int_change_carried') }}

)

select
    parents.parent_unit_key as unit_key,
    children.epoch_start_date,
    children.indicator_code,
    children.period_code,
    sum(children.numerator) as numerator,
    sum(children.denominator) as denominator,
    count(*) as part_count,
    bool_or(children.is_estimated) as is_estimated
from children
inner join parents
    on parents.unit_key = children.unit_key
        and parents.epoch_start_date = children.epoch_start_date
group by parents.parent_unit_key, children.epoch_start_date, children.indicator_code, children.period_code
