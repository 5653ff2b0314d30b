-- A child names the version of its parent that was alive when the child began, or one that began later and the parents before
-- it are listed; a parent renamed since is the same parent.
with

units as (

    select * from {{ ref('int_units') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

),

earlier_parents as (

    select
        earlier.unit_key,
        parents.series_key as parent_series_key,
        coalesce(earlier.valid_from, date '1900-01-01') as first_date,
        coalesce(earlier.valid_to, date '9999-12-31') as last_date
    from {{ ref('earlier_parents') }} as earlier
    inner join units as parents on parents.unit_key = earlier.parent_unit_key

)

select
    children.unit_key,
    children.level,
    children.rollup_level,
    children.reporting_level,
    epochs.epoch_start_date,
    parents.unit_key as parent_unit_key,
    parents.level as parent_level,
    parents.rollup_level as parent_rollup_level
from units as children
inner join epochs on epochs.epoch_start_date between children.alive_from and children.alive_to
left join earlier_parents
    on earlier_parents.unit_key = children.unit_key
        and epochs.epoch_start_date between earlier_parents.first_date and earlier_parents.last_date
inner join units as parents
    on parents.series_key = coalesce(earlier_parents.parent_series_key, children.parent_series_key)
        and epochs.epoch_start_date between parents.alive_from and parents.alive_to
