{{ config(materialized='view') }}
-- Views for people read published tables alone and name no database, so that a release and the Parquet files take them over.
select
    {{ unit_columns() }},
    figures.indicator_code,
    figures.indicator_name_vi,
    figures.indicator_name_en,
    figures.unit,
    figures.unit_en,
    figures.direction,
    figures.is_rate,
    figures.is_panel,
    figures.period_code,
    figures.period_type,
    periods.period_start_date,
    figures.period_end_date,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.value_low,
    figures.value_high,
    figures.reporting_units,
    figures.expected_units,
    figures.coverage_ratio,
    figures.target_operator,
    figures.target_value,
    figures.verdict,
    {{ word_vi('figures.verdict', 'verdict') }} as verdict_name_vi,
    figures.is_small,
    figures.is_provisional,
    figures.gap_cases,
    figures.previous_value,
    figures.change,
    figures.change_class,
    {{ word_vi('figures.change_class', 'change_class') }} as change_class_name_vi,
    figures.rank_low,
    figures.rank_high,
    figures.ranked_units,
    figures.is_estimated,
    figures.is_simulated
from {{ ref('rpt_indicator_series').include(database=false) }} as figures
inner join {{ ref('dim_units').include(database=false) }} as units on units.unit_key = figures.unit_key
inner join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = figures.period_code
where figures.lens = 'current_boundaries' and figures.value is not null
