-- A merger or split starts a segment. The days of mergers and splits are first days of epochs, so a
-- period's epoch gives its segment.
with

changes as (

    select * from {{ ref('int_unit_change_dates') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

)

select
    changes.unit_key,
    epochs.epoch_start_date,
    1 + count(*) as segment
from changes
inner join epochs on epochs.epoch_start_date >= changes.change_date
group by changes.unit_key, epochs.epoch_start_date
