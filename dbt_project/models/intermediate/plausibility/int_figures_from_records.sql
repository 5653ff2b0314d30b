-- Figures counted from a unit's records that it also reports: ratings for TDUA_THANG, registrations for the numbers of models,
-- documents for QT_NQ.
with

figures as (

    select * from {{ ref('int_figures_to_compare') }}
    where indicator_code = 'QT_NQ'

),

-- A sum is known only where every division's part is.
ratings as (

    select
        unit_key,
        period_code,
        count(*) as record_count,
        case when count(rated_count) = count(*) then sum(rated_count) end as rated_count,
        case when count(outstanding_count + good_count) = count(*) then sum(outstanding_count + good_count) end as good_count
    from {{ ref('int_ratings') }}
    group by unit_key, period_code

),

documents as (

    select
        figures.unit_key,
        figures.period_code,
        count(*) as record_count,
        100.0 * sum(documents.organisations_done) / sum(documents.organisations_total) as done_pct
    from figures
    inner join {{ ref('int_documents') }} as documents
        on documents.unit_key = figures.unit_key
            and documents.disseminated_date between figures.period_start_date and figures.period_end_date
    where documents.organisations_total > 0 and documents.organisations_done is not null
    group by figures.unit_key, figures.period_code
    having count(*) >= {{ plausibility_limit('differs_from_documents', 'least_documents') }}

)

select
    'differs_from_ratings' as rule_code,
    unit_key,
    'TDUA_THANG' as indicator_code,
    period_code,
    cast(good_count as double) as numerator,
    cast(rated_count as double) as denominator,
    cast(null as double) as value,
    record_count
from ratings
union all
select
    'differs_from_registrations' as rule_code,
    unit_key,
    indicator_code,
    period_code,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(model_count as double) as value,
    record_count
from {{ ref('int_models_held') }}
union all
select
    'differs_from_documents' as rule_code,
    unit_key,
    'QT_NQ' as indicator_code,
    period_code,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    done_pct as value,
    record_count
from documents
