-- Where a figure comes both in a report and from records, the report's is the value and a difference is a question. Once a run.
with

compared as (

    select
        records.rule_code,
        figures.unit_key,
        figures.series_key,
        figures.indicator_code,
        figures.period_code,
        figures.period_type,
        figures.period_end_date,
        figures.numerator,
        figures.denominator,
        figures.value,
        records.numerator as record_numerator,
        records.denominator as record_denominator,
        records.value as record_value,
        records.record_count,
        coalesce(
            abs(figures.numerator - records.numerator) > abs(figures.denominator - records.denominator), false
        ) as is_numerator_wider
    from {{ ref('int_figures_to_compare') }} as figures
    inner join {{ ref('int_figures_from_records') }} as records
        on records.unit_key = figures.unit_key
            and records.indicator_code = figures.indicator_code
            and records.period_code = figures.period_code

),

-- Where numerator and denominator both differ, the question is about the one that differs more.
side_by_side as (

    select
        *,
        case
            when rule_code <> 'differs_from_ratings' then 'value'
            when is_numerator_wider then 'numerator'
            else 'denominator'
        end as part,
        case
            when rule_code <> 'differs_from_ratings' then value
            when is_numerator_wider then numerator
            else denominator
        end as found_figure,
        case
            when rule_code <> 'differs_from_ratings' then record_value
            when is_numerator_wider then record_numerator
            else record_denominator
        end as expected_figure,
        case rule_code
            when 'differs_from_ratings'
                then {{ plausibility_limit('differs_from_ratings', 'least_difference') }}
            when 'differs_from_registrations'
                then {{ plausibility_limit('differs_from_registrations', 'least_difference') }}
            when 'differs_from_documents'
                then {{ plausibility_limit('differs_from_documents', 'least_difference') }}
        end as least_difference,
        case rule_code
            when 'differs_from_ratings'
                then {{ plausibility_limit('differs_from_ratings', 'least_ratio') }}
            when 'differs_from_registrations'
                then {{ plausibility_limit('differs_from_registrations', 'least_ratio') }}
            when 'differs_from_documents'
                then {{ plausibility_limit('differs_from_documents', 'least_ratio') }}
        end as least_ratio
    from compared

),

marked as (

    select
        *,
        coalesce(
            abs(found_figure - expected_figure) >= greatest(least_difference, least_ratio * expected_figure), false
        ) as is_different
    from side_by_side

),

in_context as (

    select
        *,
        coalesce(lead(is_different) over (
            partition by rule_code, series_key, indicator_code, period_type order by period_end_date
        ), false) as is_next_different,
        max(case when is_different and indicator_code = 'DVK_DK' then 1 else 0 end) over (
            partition by rule_code, unit_key, period_code
        ) as is_whole_different
    from marked

)

-- Where the number of all models differs, its components are not asked about as well.
select
    rule_code,
    part,
    unit_key,
    indicator_code,
    period_code,
    found_figure,
    expected_figure,
    record_count as figure_count
from in_context
where is_different
    and not is_next_different
    and (is_whole_different = 0 or indicator_code not in ('DVK_DK_TT', 'DVK_DK_CN'))
