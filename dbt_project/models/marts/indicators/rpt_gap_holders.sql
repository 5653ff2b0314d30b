-- The units that hold the gap of a parent's children. Only where cases add up: not for scores, medians or days per office.
with

gaps as (

    select
        series.lens,
        units.parent_series_key,
        units.parent_unit_key,
        parents.unit_name as parent_unit_name,
        series.level,
        series.unit_key,
        series.unit_name,
        series.province_code,
        series.current_province_code,
        series.indicator_code,
        series.indicator_name_vi,
        series.indicator_name_en,
        series.period_code,
        series.period_end_date,
        series.gap_cases,
        series.is_simulated
    from {{ ref('rpt_indicator_series') }} as series
    inner join {{ ref('int_units') }} as units on units.unit_key = series.unit_key
    inner join {{ ref('int_units') }} as parents on parents.unit_key = units.parent_unit_key
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = series.indicator_code
    where series.gap_cases > 0 and indicators.aggregation = 'sum' and units.parent_series_key is not null

),

ordered as (

    select
        *,
        row_number() over largest_first as gap_rank,
        sum(gap_cases) over largest_first as cumulative_gap_cases,
        sum(gap_cases) over (partition by lens, parent_series_key, indicator_code, period_code) as siblings_gap_cases,
        count(*) over (partition by lens, parent_series_key, indicator_code, period_code) as siblings_with_gap
    from gaps
    window largest_first as (
        partition by lens, parent_series_key, indicator_code, period_code
        order by gap_cases desc, unit_key asc
        rows between unbounded preceding and current row
    )

)

select
    lens,
    parent_unit_key,
    parent_unit_name,
    unit_key,
    unit_name,
    level,
    province_code,
    current_province_code,
    indicator_code,
    indicator_name_vi,
    indicator_name_en,
    period_code,
    period_end_date,
    gap_cases,
    cast(siblings_gap_cases as bigint) as siblings_gap_cases,
    siblings_with_gap,
    gap_rank,
    cumulative_gap_cases / cast(siblings_gap_cases as double) as cumulative_ratio,
    cumulative_gap_cases - gap_cases < {{ gap_set_ratio() }} * siblings_gap_cases as is_in_smallest_set,
    is_simulated
from ordered
order by lens, indicator_code, parent_unit_key, period_end_date, gap_rank
