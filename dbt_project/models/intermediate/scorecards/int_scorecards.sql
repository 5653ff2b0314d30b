select
    scorecards.scorecard_code,
    scorecards.family_code,
    scorecards.scorecard_name_vi,
    scorecards.scorecard_name_en,
    scorecards.scope_unit_key,
    units.series_key as scope_series_key,
    scorecards.level,
    scorecards.period_type,
    scorecards.min_judged_ratio,
    scorecards.valid_from,
    scorecards.valid_to,
    coalesce(scorecards.valid_from, date '1900-01-01') as alive_from,
    coalesce(scorecards.valid_to, date '9999-12-31') as alive_to,
    scorecards.source
from {{ ref('scorecards') }} as scorecards
inner join {{ ref('int_units') }} as units on units.unit_key = scorecards.scope_unit_key
