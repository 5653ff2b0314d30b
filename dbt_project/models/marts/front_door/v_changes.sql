{{ config(materialized='view') }}
select
    figures.unit_key,
    figures.unit_code,
    figures.unit_name,
    figures.level,
    figures.level_name_vi,
    figures.parent_unit_key,
    figures.parent_unit_name,
    figures.province_code,
    figures.province_name,
    figures.current_province_code,
    figures.current_province_name,
    figures.indicator_code,
    figures.indicator_name_vi,
    figures.indicator_name_en,
    figures.unit,
    figures.unit_en,
    figures.direction,
    figures.source_kind,
    figures.change_class,
    figures.change_class_name_vi,
    figures.period_code,
    figures.period_type,
    figures.period_end_date,
    figures.value,
    periods.previous_period_code,
    previous_periods.period_end_date as previous_period_end_date,
    figures.previous_value,
    figures.change,
    figures.verdict,
    figures.verdict_name_vi,
    figures.is_behind,
    figures.is_estimated,
    figures.is_simulated
from {{ ref('v_latest_figures').include(database=false) }} as figures
inner join {{ ref('dim_periods').include(database=false) }} as periods on periods.period_code = figures.period_code
left join {{ ref('dim_periods').include(database=false) }} as previous_periods
    on previous_periods.period_code = periods.previous_period_code
