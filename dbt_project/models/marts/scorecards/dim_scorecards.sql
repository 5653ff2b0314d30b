select
    scorecard_code,
    family_code,
    scorecard_name_vi,
    scorecard_name_en,
    scope_unit_key,
    level,
    period_type,
    min_judged_ratio,
    valid_from,
    valid_to,
    source
from {{ ref('int_scorecards') }}
order by family_code, scorecard_code
