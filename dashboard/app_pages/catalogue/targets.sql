-- One row per target of an indicator: for which unit version, from when to when, and by which document.
select
    units.unit_name, units.valid_to as unit_valid_to, targets.scope_unit_key, targets.level,
    targets.operator as target_operator, targets.target_value,
    indicators.unit, indicators.unit_en, indicators.is_rate,
    targets.valid_from, targets.valid_to, targets.source, targets.is_simulated
from marts.dim_targets as targets
inner join marts.dim_indicators as indicators on indicators.indicator_code = targets.indicator_code
inner join marts.dim_units as units on units.unit_key = targets.scope_unit_key
where targets.indicator_code = $indicator_code
order by targets.valid_from desc nulls last, units.level, units.unit_name, targets.scope_unit_key, targets.level nulls first
