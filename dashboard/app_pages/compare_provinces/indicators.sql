-- One row per indicator that provinces have figures for in the lens, group by group.
select
    series.indicator_code,
    series.indicator_name_vi,
    series.indicator_name_en,
    series.is_panel,
    series.panel_code,
    indicators.source_kind = 'recorded' as is_recorded,
    series.sort_order,
    indicators.group_name_vi,
    indicators.group_name_en,
    indicators.group_order,
    count(distinct series.province_code) as province_count,
    -- At least half as many provinces have it as have the most common one.
    2 * count(distinct series.province_code) >= max(count(distinct series.province_code)) over () as is_widespread
from marts.rpt_indicator_series as series
inner join marts.dim_indicators as indicators on indicators.indicator_code = series.indicator_code
where series.lens = $lens and series.level = 'province' and series.value is not null
group by all
order by series.is_panel, series.sort_order, indicators.group_order, series.indicator_code
