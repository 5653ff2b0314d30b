{{ config(materialized='view') }}
{%- set figure_key = ['lens', 'unit_key', 'indicator_code', 'period_code'] %}
-- The view reads published tables alone and names no database, so that a release takes it over unchanged.
with

figures as (

    select * from {{ ref('rpt_indicator_series').include(database=false) }}

),

indicators as (

    select * from {{ ref('dim_indicators').include(database=false) }}

),

parts as (

    select
        lens,
        unit_key,
        part_unit_key,
        part_unit_name,
        steps_up,
        share,
        coalesce(valid_from, date '1900-01-01') as first_date,
        coalesce(valid_to, date '9999-12-31') as last_date
    from {{ ref('dim_unit_parts').include(database=false) }}

),

reports as (

    select * from {{ ref('fct_indicator_values').include(database=false) }}
    where known_to is null and not is_not_applicable

),

-- The report of a unit above that is a total of its area: from there upward the parts' own reports are not added to it.
nearest_totals as (

    select
        reports.indicator_code,
        reports.period_code,
        parts.part_unit_key,
        min(parts.steps_up) as steps_up
    from reports
    inner join indicators on indicators.indicator_code = reports.indicator_code and indicators.rollup = 'total_reported'
    inner join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = reports.period_code
    inner join parts
        on parts.unit_key = reports.unit_key
            and parts.lens = 'as_reported'
            and parts.steps_up > 0
            and periods.period_end_date between parts.first_date and parts.last_date
    group by reports.indicator_code, reports.period_code, parts.part_unit_key

),

contained as (

    select
        figures.lens,
        figures.unit_key,
        figures.unit_name,
        figures.indicator_code,
        indicators.indicator_name_vi,
        indicators.indicator_name_en,
        figures.period_code,
        figures.period_end_date,
        parts.part_unit_key,
        parts.part_unit_name,
        reports.submission_id,
        reports.sheet,
        reports.cell,
        reports.denominator_cell,
        reports.numerator,
        reports.denominator,
        reports.value,
        reports.population,
        parts.share,
        indicators.aggregation
    from figures
    inner join indicators on indicators.indicator_code = figures.indicator_code
    inner join parts
        on parts.lens = figures.lens
            and parts.unit_key = figures.unit_key
            and figures.period_end_date between parts.first_date and parts.last_date
    inner join reports
        on reports.unit_key = parts.part_unit_key
            and reports.indicator_code = figures.indicator_code
            and reports.period_code = figures.period_code
    left join nearest_totals
        on nearest_totals.part_unit_key = parts.part_unit_key
            and nearest_totals.indicator_code = figures.indicator_code
            and nearest_totals.period_code = figures.period_code
    where parts.steps_up = 0
        or (indicators.aggregation <> 'none' and parts.steps_up < coalesce(nearest_totals.steps_up, 9))

)

select
    lens,
    unit_key,
    unit_name,
    indicator_code,
    indicator_name_vi,
    indicator_name_en,
    period_code,
    period_end_date,
    part_unit_key,
    part_unit_name,
    submission_id,
    sheet,
    cell as numerator_cell,
    denominator_cell,
    numerator,
    denominator,
    value,
    case
        when aggregation <> 'weighted_mean' or count(*) over one_figure = 1 then share
        when count(population) over one_figure = count(*) over one_figure
            then population / sum(population) over one_figure
    end as share
from contained
window one_figure as (partition by {{ figure_key | join(', ') }})
