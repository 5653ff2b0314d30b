-- Two units may give the same code, so an activity of the unit itself goes first, then one that was paid to it, then any other.
-- An item that could have come of two activities is left without one.
with

commitments as (

    select
        unit_key,
        series_key,
        unit_code,
        item_code,
        activity_code
    from {{ ref('int_commitments') }}
    where activity_code is not null

),

activities as (

    select
        unit_key,
        series_key,
        activity_code,
        subject_unit_code
    from {{ ref('int_activities') }}

),

candidates as (

    select
        commitments.unit_key,
        commitments.item_code,
        commitments.activity_code,
        activities.unit_key as activity_unit_key,
        case
            when activities.series_key = commitments.series_key then 1
            when activities.subject_unit_code = commitments.unit_code then 2
            else 3
        end as distance
    from commitments
    inner join activities on activities.activity_code = commitments.activity_code

),

placed as (

    select
        *,
        min(distance) over (partition by unit_key, item_code) as nearest,
        count(*) over (partition by unit_key, item_code, distance) as candidate_count
    from candidates

)

select
    unit_key,
    item_code,
    activity_code,
    activity_unit_key
from placed
where distance = nearest and candidate_count = 1
