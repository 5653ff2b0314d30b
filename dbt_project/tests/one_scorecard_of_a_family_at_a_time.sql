-- Two decisions of one family, scope and type of period may not overlap: on a common day it would not be clear which one binds.
select
    earlier.scorecard_code,
    later.scorecard_code as overlapping_scorecard_code
from {{ ref('int_scorecards') }} as earlier
inner join {{ ref('int_scorecards') }} as later
    on later.family_code = earlier.family_code
        and later.scope_series_key = earlier.scope_series_key
        and later.level = earlier.level
        and later.period_type = earlier.period_type
        and later.scorecard_code > earlier.scorecard_code
where earlier.alive_from <= later.alive_to and later.alive_from <= earlier.alive_to
