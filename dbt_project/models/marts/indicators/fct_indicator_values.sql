select
    unit_key,
    indicator_code,
    period_code,
    revision,
    numerator,
    denominator,
    value,
    is_not_applicable,
    population,
    known_from,
    known_to,
    submission_id,
    sheet,
    cell,
    denominator_cell,
    is_simulated
from {{ ref('int_indicator_values') }}
order by indicator_code, unit_key, period_code, revision
