-- One row per indicator and period: how many provinces have units with a figure of the panel and no mean of them, since the
-- population of a unit is not known.
select count(*) as unit_count
from marts.rpt_indicator_series as series
where
    series.lens = $lens
    and series.level = 'province'
    and series.indicator_code = $indicator_code
    and series.period_code = $period_code
    and series.is_panel
    and series.value is null
    and series.reporting_units > 0
