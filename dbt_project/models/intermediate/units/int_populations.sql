select
    populations.unit_key,
    periods.period_code,
    cast(populations.population as double) as population
from {{ ref('populations') }} as populations
inner join {{ ref('int_periods') }} as periods
    on periods.period_type = 'year'
        and year(periods.period_start_date) = populations.year
