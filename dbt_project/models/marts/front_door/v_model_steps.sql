{{ config(materialized='view') }}
select
    {{ unit_columns() }},
    units.current_unit_key,
    units.current_unit_name,
    events.model_code,
    models.model_name,
    models.field_code,
    fields.field_name_vi,
    fields.field_name_en,
    models.phase,
    events.event,
    steps.name_vi as event_name_vi,
    events.step_number,
    events.event_date,
    events.period_code,
    periods.period_end_date,
    events.result_value,
    events.decision_no,
    events.decision_body,
    events.award_kind,
    award_kinds.name_vi as award_kind_name_vi,
    events.award_level,
    award_levels.name_vi as award_level_name_vi,
    events.note,
    events.is_registered,
    events.registered_unit_key,
    events.registered_unit_name,
    events.is_ambiguous,
    events.is_simulated,
    events.submission_id
from {{ ref('fct_model_events').include(database=false) }} as events
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = events.unit_key
left join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = events.period_code
left join {{ ref('fct_model_registrations').include(database=false) }} as models
    on models.unit_key = events.registered_unit_key and models.model_code = events.model_code
left join {{ ref('dim_model_fields').include(database=false) }} as fields on fields.field_key = models.field_code
{{ join_list_item('steps', 'model_steps', 'events.event') }}
{{ join_list_item('award_kinds', 'award_kinds', 'events.award_kind') }}
{{ join_list_item('award_levels', 'award_levels', 'events.award_level') }}
