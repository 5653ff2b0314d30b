{{ config(materialized='view') }}
select
    {{ unit_columns() }},
    units.current_unit_key,
    units.current_unit_name,
    models.model_code,
    models.model_name,
    models.kind,
    {{ word_vi('models.kind', 'kind') }} as kind_name_vi,
    models.field_code,
    fields.field_name_vi,
    fields.field_name_en,
    models.phase,
    models.level as model_level,
    levels.name_vi as model_level_name_vi,
    models.holder_code,
    models.registered_date,
    models.end_date,
    models.status,
    {{ word_vi('models.status', 'model_status') }} as status_name_vi,
    models.is_open,
    models.current_step,
    steps.name_vi as current_step_name_vi,
    models.days_in_step,
    models.inspected_date,
    models.recognised_date,
    models.awarded_date,
    models.replicated_date,
    models.stopped_date,
    models.quality_score,
    models.missing_elements,
    models.similar_unit_key,
    similar_units.unit_name as similar_unit_name,
    models.similar_model_code,
    models.similarity,
    models.is_simulated,
    models.submission_id
from {{ ref('fct_model_registrations').include(database=false) }} as models
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = models.unit_key
left join {{ ref('dim_model_fields').include(database=false) }} as fields on fields.field_key = models.field_code
left join {{ ref('dim_units').include(database=false) }} as similar_units
    on similar_units.unit_key = models.similar_unit_key
{{ join_list_item('levels', 'model_levels', 'models.level') }}
{{ join_list_item('steps', 'model_steps', 'models.current_step') }}
