-- The day whose units are "today's": the as-of day. A report may be of a unit that begins later (a year's report before the unit
-- is renamed, or an as-of day that was set back); then it is the day on which the youngest reporting unit begins, so that no
-- report is without a place on the map.
with

units as (

    select
        unit_key,
        valid_from
    from {{ ref('units') }}
    union all
    select
        unit_key,
        valid_from
    from {{ ref('bodies') }}
    union all
    select
        unit_key,
        valid_from
    from {{ ref('party_units') }}
    union all
    select
        unit_key,
        valid_from
    from {{ ref('villages') }}

),

reporting_units as (

    select distinct unit_key
    from {{ ref('stg_raw__submissions') }}
    where status in ('accepted', 'accepted_with_warnings')

)

select greatest({{ as_of_date() }}, coalesce(max(units.valid_from), {{ as_of_date() }})) as map_day
from units
inner join reporting_units on reporting_units.unit_key = units.unit_key
