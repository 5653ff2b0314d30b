-- One row per unit and phase: its models by kind and by how far they came; a null count is not collected yet.
select
    sum(funnel.registered_count) as registered_count,
    coalesce(sum(funnel.registered_count) filter (where funnel.kind = 'collective'), 0) as collective_count,
    coalesce(sum(funnel.registered_count) filter (where funnel.kind = 'individual'), 0) as individual_count,
    sum(funnel.recognised_count) as recognised_count,
    sum(funnel.awarded_count) as awarded_count,
    sum(funnel.replicated_count) as replicated_count
from marts.rpt_model_funnel as funnel
where funnel.lens = 'current_boundaries' and funnel.unit_key = $unit_key and funnel.phase = $phase
