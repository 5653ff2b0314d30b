-- The latest measured result of each registered model against the target that it was registered with, and the level above for
-- which it was chosen. A level that is not above the model's own is a question to the unit and counts as none. Parsers 1 and 2
-- left the name of an individual in the texts of the row.
with

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

levels as (

    select * from {{ ref('model_levels') }}

),

latest_results as (

    select
        registered_unit_key as unit_key,
        model_code,
        max(event_date) as result_date,
        max_by(result_value, concat(cast(event_date as varchar), ' ', event)) as result_value
    from {{ ref('int_model_events') }}
    where registered_unit_key is not null and result_value is not null
    group by registered_unit_key, model_code

),

measured as (

    select
        registrations.unit_key,
        registrations.model_code,
        registrations.target is not null as is_target_stated,
        {{ number_in_text('registrations.baseline') }} as baseline_value,
        {{ number_in_text('registrations.target') }} as target_value,
        latest_results.result_value,
        latest_results.result_date,
        progress.closed_date is null and coalesce(registrations.due_date, registrations.end_date) > {{ as_of_date() }}
            as may_still_reach,
        case when chosen.sort_order < own.sort_order then registrations.registered_for_level end as chosen_level,
        coalesce(files.parser_version, '1') not in ('1', '2') as are_names_hidden
    from registrations
    inner join {{ ref('stg_raw__files') }} as files on files.file_sha256 = registrations.file_sha256
    left join latest_results
        on latest_results.unit_key = registrations.unit_key and latest_results.model_code = registrations.model_code
    left join {{ ref('int_model_progress') }} as progress
        on progress.unit_key = registrations.unit_key and progress.model_code = registrations.model_code
    left join levels as own on own.code = registrations.level
    left join levels as chosen on chosen.code = registrations.registered_for_level

),

stated as (

    select
        *,
        {{ result_state(
            'result_value', 'baseline_value', 'target_value', 'is_target_stated', 'coalesce(may_still_reach, false)'
        ) }} as result_state
    from measured

)

select
    unit_key,
    model_code,
    chosen_level,
    are_names_hidden,
    baseline_value,
    target_value,
    result_value,
    result_date,
    case when result_state in ('reached', 'not_reached') then result_state else 'not_known' end as result_verdict,
    case when result_state not in ('reached', 'not_reached') then result_state end as result_not_known_because
from stated
