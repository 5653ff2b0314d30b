-- An event names its model by unit and code. The unit is the one that registered the model, its renamed self, or one that took it
-- over. A code is unique inside a unit only, so after a merger two predecessors may lay claim to one event: then neither gets it.
with

events as (

    select * from {{ ref('int_model_events_latest') }}

),

registrations as (

    select
        registrations.unit_key,
        registrations.series_key,
        registrations.model_code,
        units.alive_to
    from {{ ref('int_model_registrations') }} as registrations
    inner join {{ ref('int_units') }} as units on units.unit_key = registrations.unit_key

),

steps as (

    select * from {{ ref('model_steps') }}

),

reporting_units as (

    select distinct
        events.unit_key,
        events.model_code,
        units.alive_from,
        successors.current_unit_key
    from events
    inner join {{ ref('int_units') }} as units on units.unit_key = events.unit_key
    inner join {{ ref('int_single_successors') }} as successors on successors.unit_key = events.unit_key

),

-- Registered by a unit that had ended when the reporting one began, and that went, whole or in part, where that one went.
inherited as (

    select
        reporting_units.unit_key,
        reporting_units.model_code,
        min(registrations.unit_key) as registered_unit_key
    from reporting_units
    inner join registrations
        on registrations.model_code = reporting_units.model_code
            and registrations.alive_to < reporting_units.alive_from
    inner join {{ ref('int_unit_paths_to_current') }} as paths
        on paths.from_unit_key = registrations.unit_key
            and paths.to_unit_key = reporting_units.current_unit_key
    group by reporting_units.unit_key, reporting_units.model_code
    having count(*) = 1

)

select
    events.*,
    coalesce(registrations.unit_key, inherited.registered_unit_key) as registered_unit_key,
    steps.step_number
from events
left join registrations
    on registrations.series_key = events.series_key and registrations.model_code = events.model_code
left join inherited
    on inherited.unit_key = events.unit_key and inherited.model_code = events.model_code
left join steps
    on steps.event = events.event
        and (steps.valid_from is null or steps.valid_from <= events.event_date)
        and (steps.valid_to is null or steps.valid_to >= events.event_date)
