select
    bands.scorecard_code,
    scorecards.scorecard_name_vi,
    scorecards.scorecard_name_en,
    bands.band,
    bands.band_name_vi,
    bands.band_name_en,
    cast(bands.min_score as double) as min_score,
    bands.source
from {{ ref('scorecard_bands') }} as bands
inner join {{ ref('int_scorecards') }} as scorecards on scorecards.scorecard_code = bands.scorecard_code
order by bands.scorecard_code asc, bands.min_score desc
