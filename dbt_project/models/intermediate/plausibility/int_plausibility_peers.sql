select
    units.level,
    {{ peers_of('units') }} as peers_of_unit_key,
    figures.indicator_number,
    figures.period_type_number,
    figures.period_number,
    sum(figures.numerator) as numerator,
    sum(figures.rated_cases) as rated_cases
from {{ ref('int_plausibility_figures') }} as figures
inner join {{ ref('int_units') }} as units on units.unit_number = figures.unit_number
where figures.rated_cases > 0
group by
    units.level, {{ peers_of('units') }}, figures.indicator_number, figures.period_type_number, figures.period_number
