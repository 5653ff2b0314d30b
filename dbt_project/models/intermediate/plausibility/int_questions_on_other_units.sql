-- Two units of a province whose whole reports for a period are the same. Found by equal fingerprints, then held against each
-- other figure by figure.
with

reports as (

    select
        reports.*,
        units.unit_key,
        units.level,
        units.province_unit_key
    from {{ ref('int_plausibility_reports') }} as reports
    inner join {{ ref('int_units') }} as units on units.unit_number = reports.unit_number
    where reports.figure_count >= {{ plausibility_limit('same_as_other_unit', 'least_figures') }}
        and reports.surprise_digits >= {{ plausibility_limit('same_as_other_unit', 'least_digits') }}

),

pairs as (

    select
        reports.unit_number,
        others.unit_number as other_unit_number,
        others.unit_key as other_unit_key,
        reports.period_type_number,
        reports.period_number,
        reports.figure_count
    from reports
    inner join reports as others
        on others.fingerprint = reports.fingerprint
            and others.province_unit_key = reports.province_unit_key
            and others.level = reports.level
            and others.period_type_number = reports.period_type_number
            and others.period_number = reports.period_number
            and others.figure_count = reports.figure_count
            and others.series_number <> reports.series_number

),

figures as (

    select * from {{ ref('int_plausibility_figures') }}

),

equal_figures as (

    select
        pairs.unit_number,
        pairs.other_unit_key,
        pairs.period_type_number,
        pairs.period_number,
        pairs.figure_count,
        count(*) as equal_count
    from pairs
    inner join figures
        on figures.unit_number = pairs.unit_number
            and figures.period_type_number = pairs.period_type_number
            and figures.period_number = pairs.period_number
    inner join figures as others
        on others.unit_number = pairs.other_unit_number
            and others.period_type_number = pairs.period_type_number
            and others.period_number = pairs.period_number
            and others.indicator_number = figures.indicator_number
            and others.numerator is not distinct from figures.numerator
            and others.denominator is not distinct from figures.denominator
            and others.value is not distinct from figures.value
    group by pairs.unit_number, pairs.other_unit_key, pairs.period_type_number, pairs.period_number, pairs.figure_count

)

select
    'same_as_other_unit' as rule_code,
    unit_number,
    period_type_number,
    period_number,
    min(other_unit_key) as other_unit_key,
    min(figure_count) as figure_count
from equal_figures
where equal_count = figure_count
group by unit_number, period_type_number, period_number
