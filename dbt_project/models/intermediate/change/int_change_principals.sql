-- The predecessor that a unit continues: the only one; its own earlier version; the one whose name it bears; where no name is
-- shared, the one whose code it took over. A unit that continues none of them by name or code has no row.
with

descents as (

    select distinct
        from_unit_key,
        to_unit_key
    from {{ ref('int_unit_descents') }}

),

units as (

    select
        unit_key,
        series_key,
        unit_code,
        unit_name,
        {{ bare_name('unit_name', 'unit_type') }} as bare_name,
        alive_from,
        alive_to
    from {{ ref('int_units') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

),

candidates as (

    select
        descents.to_unit_key as unit_key,
        epochs.epoch_start_date as from_epoch_start_date,
        descents.from_unit_key as principal_unit_key,
        case when earlier.series_key = later.series_key then 1 else 0 end as is_same_series,
        case when earlier.unit_name = later.unit_name then 1 else 0 end as has_same_name,
        case when earlier.bare_name = later.bare_name then 1 else 0 end as has_same_bare_name,
        case when earlier.unit_code = later.unit_code then 1 else 0 end as has_same_code,
        count(*) over (partition by descents.to_unit_key, epochs.epoch_start_date) as predecessor_count
    from descents
    inner join units as earlier on earlier.unit_key = descents.from_unit_key
    inner join units as later on later.unit_key = descents.to_unit_key
    inner join epochs
        on epochs.epoch_start_date between earlier.alive_from and earlier.alive_to

),

nearest_first as (

    select
        *,
        row_number() over (
            partition by unit_key, from_epoch_start_date
            order by
                is_same_series desc,
                has_same_name desc,
                has_same_bare_name desc,
                has_same_code desc,
                principal_unit_key asc
        ) as nearness
    from candidates

)

select
    unit_key,
    from_epoch_start_date,
    principal_unit_key
from nearest_first
where nearness = 1
    and (predecessor_count = 1 or is_same_series + has_same_name + has_same_bare_name + has_same_code > 0)
