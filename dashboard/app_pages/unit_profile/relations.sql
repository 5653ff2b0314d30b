-- One row per step that led to the unit or on from it.
select
    steps.effective_date,
    steps.kind,
    steps.share,
    steps.to_unit_key = $unit_key as is_predecessor,
    others.unit_key,
    others.unit_name,
    others.level,
    others.valid_to
from marts.dim_unit_successions as steps
inner join marts.dim_units as others
    on others.unit_key = case when steps.to_unit_key = $unit_key then steps.from_unit_key else steps.to_unit_key end
where steps.from_unit_key = $unit_key or steps.to_unit_key = $unit_key
order by is_predecessor desc, steps.effective_date, others.unit_name
