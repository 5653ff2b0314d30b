-- One row per indicator: its names by code.
select
    indicators.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en
from marts.dim_indicators as indicators
order by indicators.indicator_code
