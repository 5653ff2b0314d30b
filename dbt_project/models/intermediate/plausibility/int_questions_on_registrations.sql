-- Registrations that read like an earlier one of another unit, or of the unit itself in the same year: one question a month,
-- about the most alike. A model that a unit registers again another year goes on, and is not asked about.
with

similarities as (

    select * from {{ ref('int_model_near_duplicates') }}
    where similarity >= {{ plausibility_limit('near_duplicate', 'least_similarity') }} and (not is_same_unit or is_same_year)

),

registrations as (

    select * from {{ ref('int_model_registrations') }}

),

most_alike_first as (

    select
        similarities.unit_key,
        registrations.period_code,
        similarities.model_code,
        registrations.model_name,
        similarities.similar_unit_key as other_unit_key,
        similarities.similar_model_code as other_model_code,
        others.model_name as other_model_name,
        100 * similarities.similarity as found_figure,
        registrations.submission_id,
        row_number() over (
            partition by similarities.unit_key, registrations.period_code
            order by
                similarities.similarity desc, similarities.model_code asc, similarities.similar_unit_key asc,
                similarities.similar_model_code asc
        ) as similarity_rank
    from similarities
    inner join registrations
        on registrations.unit_key = similarities.unit_key and registrations.model_code = similarities.model_code
    inner join registrations as others
        on others.unit_key = similarities.similar_unit_key and others.model_code = similarities.similar_model_code

),

counted as (

    select
        unit_key,
        period_code,
        count(distinct model_code) as model_count
    from most_alike_first
    group by unit_key, period_code

)

select
    'near_duplicate' as rule_code,
    most_alike_first.unit_key,
    most_alike_first.period_code,
    most_alike_first.model_code,
    most_alike_first.model_name,
    most_alike_first.other_unit_key,
    most_alike_first.other_model_code,
    most_alike_first.other_model_name,
    round(most_alike_first.found_figure) as found_figure,
    counted.model_count as figure_count,
    most_alike_first.submission_id
from most_alike_first
inner join counted
    on counted.unit_key = most_alike_first.unit_key and counted.period_code = most_alike_first.period_code
where most_alike_first.similarity_rank = 1
