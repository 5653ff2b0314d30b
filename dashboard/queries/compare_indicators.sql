-- One row per indicator that provinces have figures for in the lens.
select
    indicators.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    indicators.is_panel,
    indicators.panel_code,
    indicators.sort_order,
    count(distinct series.province_code) as province_count
from marts.rpt_indicator_series as series
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
where series.lens = $lens and series.level = 'province' and series.value is not null
group by all
order by indicators.is_panel, indicators.sort_order, indicators.indicator_code
