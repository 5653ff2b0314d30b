select
    targets.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    targets.scope_unit_key,
    scopes.unit_name as scope_unit_name,
    targets.level,
    targets.operator,
    targets.target_value,
    targets.valid_from,
    targets.valid_to,
    targets.source,
    targets.adopted_from_unit_key,
    adopted_from.unit_name as adopted_from_unit_name,
    targets.is_simulated
from {{ ref('int_targets') }} as targets
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = targets.indicator_code
inner join {{ ref('int_units') }} as scopes on scopes.unit_key = targets.scope_unit_key
left join {{ ref('int_units') }} as adopted_from on adopted_from.unit_key = targets.adopted_from_unit_key
order by targets.indicator_code, targets.scope_unit_key, targets.level nulls first, targets.alive_from
