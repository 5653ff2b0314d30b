{{ config(materialized='view') }}
-- The points of XmR charts with centre, limits and signal, in the order in which pages look for them.
select
    lens_number,
    unit_number,
    indicator_number,
    period_type_number,
    period_number,
    segment,
    is_rate,
    value,
    point_count,
    centre,
    case when is_rate and lower_uncut < 0 then 0 else lower_uncut end as lower_limit,
    case when is_rate and upper_uncut > 100 then 100 else upper_uncut end as upper_limit,
    signal,
    is_estimated
from {{ ref('int_series_signals') }}
where value is not null and not is_phase
order by line_number, period_number
