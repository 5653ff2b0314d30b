-- What the register says at the day of each review of a phase, or today while the review is ahead: models registered for the
-- phase and how far they had come by then. Where it holds no model by then, or no event of any model, it does not know.
{% set milestones = ['recognised', 'awarded', 'replicated'] -%}
with

reviews as (

    select
        phase,
        review_type,
        review_date,
        {{ earliest_of(['review_date', as_of_date()]) }} as counted_to_date
    from {{ ref('phase_reviews') }}

),

units as (

    select * from {{ ref('int_units') }}

),

counted as (

    select
        placements.lens,
        placements.unit_key,
        placements.phase,
        reviews.review_type,
        reviews.review_date,
        reviews.counted_to_date,
        count(*) as registered_count,
        count(distinct placements.phase_home_series_key) as units_with_models,
        count(progress.unit_key) as with_event_count,
        {% for milestone in milestones -%}
            count(case when progress.{{ milestone }}_date <= reviews.counted_to_date then 1 end) as {{ milestone }}_count,
        {% endfor -%}
        count(
            case when progress.recognised_date <= reviews.counted_to_date
                    and progress.replicated_date <= reviews.counted_to_date then 1
            end
        ) as recognised_and_replicated_count,
        bool_or(placements.is_simulated) as is_simulated
    from {{ ref('int_model_placements') }} as placements
    inner join reviews
        on reviews.phase = placements.phase and reviews.counted_to_date >= placements.registered_date
    left join {{ ref('int_model_progress') }} as progress
        on progress.unit_key = placements.registered_unit_key and progress.model_code = placements.model_code
    group by
        placements.lens, placements.unit_key, placements.phase, reviews.review_type, reviews.review_date,
        reviews.counted_to_date

),

-- Each unit with a model of the phase has every review of the phase, also one before its first registration.
scopes as (

    select
        placements.lens,
        placements.unit_key,
        placements.phase,
        reviews.review_type,
        reviews.review_date,
        reviews.counted_to_date,
        bool_or(placements.is_simulated) as is_simulated
    from {{ ref('int_model_placements') }} as placements
    inner join reviews on reviews.phase = placements.phase
    group by
        placements.lens, placements.unit_key, placements.phase, reviews.review_type, reviews.review_date,
        reviews.counted_to_date

)

select
    scopes.lens,
    units.unit_key,
    units.series_key,
    units.level,
    scopes.phase,
    scopes.review_type,
    scopes.review_date,
    scopes.counted_to_date,
    counted.registered_count,
    counted.units_with_models,
    case when counted.unit_key is not null then unit_totals.units_total end as units_total,
    {% for column in ['recognised', 'awarded', 'recognised_and_replicated'] -%}
        case when counted.with_event_count > 0 then counted.{{ column }}_count end as {{ column }}_count,
    {% endfor -%}
    scopes.is_simulated
from scopes
inner join units on units.unit_key = scopes.unit_key
left join counted
    on counted.lens = scopes.lens
        and counted.unit_key = scopes.unit_key
        and counted.phase = scopes.phase
        and counted.review_type = scopes.review_type
left join {{ ref('int_model_unit_totals') }} as unit_totals
    on unit_totals.lens = scopes.lens
        and unit_totals.unit_key = scopes.unit_key
        and unit_totals.period_code = scopes.phase
