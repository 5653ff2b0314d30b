-- A child names the version of its parent that was alive when the child began; a parent renamed since is the same parent.
with

units as (

    select * from {{ ref('int_units') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

)

select
    children.unit_key,
    children.level,
    epochs.epoch_start_date,
    parents.unit_key as parent_unit_key,
    parents.level as parent_level
from units as children
inner join epochs on epochs.epoch_start_date between children.alive_from and children.alive_to
inner join units as parents
    on parents.series_key = children.parent_series_key
        and epochs.epoch_start_date between parents.alive_from and parents.alive_to
