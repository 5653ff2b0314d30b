-- An event names its model by unit and code. The unit is the one that registered the model, its renamed self, or one that took
-- it over. A code is unique inside a unit only, so after a merger several registrations may lay claim to one event: it belongs
-- to the only one that was registered by then. Where several were, nobody gets it, and the unit is asked.
with

events as (

    select * from {{ ref('int_model_events_latest') }}

),

registrations as (

    select
        registrations.unit_key,
        registrations.series_key,
        registrations.model_code,
        registrations.registered_date,
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
        events.series_key,
        events.model_code,
        units.alive_from,
        successors.current_unit_key
    from events
    inner join {{ ref('int_units') }} as units on units.unit_key = events.unit_key
    left join {{ ref('int_single_successors') }} as successors on successors.unit_key = events.unit_key

),

-- Registered by the unit itself; or by one that had ended when it began, and that went, whole or in part, where the unit went.
claims as (

    select
        reporting_units.unit_key,
        reporting_units.model_code,
        registrations.unit_key as registered_unit_key,
        registrations.registered_date
    from reporting_units
    inner join registrations
        on registrations.model_code = reporting_units.model_code
            and registrations.series_key = reporting_units.series_key
    union all
    select
        reporting_units.unit_key,
        reporting_units.model_code,
        registrations.unit_key as registered_unit_key,
        registrations.registered_date
    from reporting_units
    inner join registrations
        on registrations.model_code = reporting_units.model_code
            and registrations.series_key <> reporting_units.series_key
            and registrations.alive_to < reporting_units.alive_from
    inner join {{ ref('int_unit_paths_to_current') }} as paths
        on paths.from_unit_key = registrations.unit_key
            and paths.to_unit_key = reporting_units.current_unit_key

),

-- The first step, a survey, comes before the registration.
claims_by_event as (

    select
        events.unit_key,
        events.model_code,
        events.event,
        events.event_date,
        count(*) as claim_count,
        min(claims.registered_unit_key) as first_unit_key,
        count(case when {{ is_registered_by('claims.registered_date', 'events.event_date') }} then 1 end)
            as registered_count,
        min(
            case when {{ is_registered_by('claims.registered_date', 'events.event_date') }}
                    then claims.registered_unit_key
            end
        ) as first_registered_unit_key
    from events
    inner join claims on claims.unit_key = events.unit_key and claims.model_code = events.model_code
    group by events.unit_key, events.model_code, events.event, events.event_date

),

decided as (

    select
        *,
        case
            when claim_count = 1 then first_unit_key
            when registered_count = 1 then first_registered_unit_key
        end as registered_unit_key
    from claims_by_event

)

select
    events.*,
    decided.registered_unit_key,
    decided.unit_key is not null and decided.registered_unit_key is null as is_ambiguous,
    steps.step_number
from events
left join decided
    on decided.unit_key = events.unit_key
        and decided.model_code = events.model_code
        and decided.event = events.event
        and decided.event_date = events.event_date
left join steps
    on steps.event = events.event
        and (steps.valid_from is null or steps.valid_from <= events.event_date)
        and (steps.valid_to is null or steps.valid_to >= events.event_date)
