select
    scorecard_code,
    criterion_code,
    operator,
    cast(value as double) as value,
    cast(points as double) as points,
    source
from {{ ref('scorecard_steps') }}
order by scorecard_code asc, criterion_code asc, points desc
