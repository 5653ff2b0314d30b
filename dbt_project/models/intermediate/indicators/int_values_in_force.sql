{{ config(materialized='view') }}
-- What was reported last, and what was counted from records.
select
    unit_key,
    indicator_code,
    period_code,
    numerator,
    denominator,
    value,
    is_not_applicable,
    is_simulated
from {{ ref('int_indicator_values') }}
where known_to is null
union all
select
    unit_key,
    indicator_code,
    period_code,
    numerator,
    denominator,
    value,
    false as is_not_applicable,
    is_simulated
from {{ ref('int_recorded_values') }}
