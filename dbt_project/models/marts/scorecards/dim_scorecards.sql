select
    scorecards.scorecard_code,
    scorecards.family_code,
    scorecards.scorecard_name_vi,
    scorecards.scorecard_name_en,
    scorecards.scope_unit_key,
    units.unit_name as scope_unit_name,
    scorecards.level,
    scorecards.period_type,
    scorecards.min_judged_ratio,
    scorecards.valid_from,
    scorecards.valid_to,
    scorecards.source
from {{ ref('int_scorecards') }} as scorecards
inner join {{ ref('int_units') }} as units on units.unit_key = scorecards.scope_unit_key
order by scorecards.family_code, scorecards.scorecard_code
