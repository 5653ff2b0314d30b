select
    figures.unit_key,
    units.unit_name,
    figures.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    figures.period_code,
    periods.period_end_date,
    figures.revision,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.is_not_applicable,
    figures.population,
    figures.known_from,
    figures.known_to,
    figures.submission_id,
    figures.sheet,
    figures.cell,
    figures.denominator_cell,
    figures.is_simulated
from {{ ref('int_indicator_values') }} as figures
inner join {{ ref('int_units') }} as units on units.unit_key = figures.unit_key
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = figures.indicator_code
inner join {{ ref('int_periods') }} as periods on periods.period_code = figures.period_code
order by figures.indicator_code, figures.unit_key, figures.period_code, figures.revision
