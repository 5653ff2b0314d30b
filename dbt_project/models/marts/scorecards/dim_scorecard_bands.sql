select
    scorecard_code,
    band,
    band_name_vi,
    band_name_en,
    cast(min_score as double) as min_score,
    source
from {{ ref('scorecard_bands') }}
order by scorecard_code asc, min_score desc
