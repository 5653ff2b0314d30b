-- One row per indicator: how it is measured, worked out and added up, and where that is laid down.
select
    indicators.indicator_code, indicators.indicator_name_vi, indicators.indicator_name_en,
    indicators.unit, indicators.unit_en, indicators.numerator_vi, indicators.denominator_vi,
    indicators.direction, indicators.frequency, indicators.is_rate, indicators.aggregation, indicators.rollup,
    indicators.is_panel, indicators.panel_code, indicators.group_name_vi, indicators.group_name_en, indicators.source
from marts.dim_indicators as indicators
order by indicators.is_panel, indicators.panel_code, indicators.sort_order, indicators.group_order, indicators.indicator_code
