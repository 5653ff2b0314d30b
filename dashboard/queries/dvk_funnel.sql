-- One row per field and kind of the unit's models in the phase; null counts are not collected yet.
select
    funnel.field_code,
    funnel.kind,
    sum(funnel.registered_count) as registered_count,
    sum(funnel.recognised_count) as recognised_count,
    sum(funnel.awarded_count) as awarded_count,
    sum(funnel.replicated_count) as replicated_count
from marts.rpt_model_funnel as funnel
where funnel.lens = 'current_boundaries' and funnel.unit_key = $unit_key and funnel.phase = $phase
group by funnel.field_code, funnel.kind
order by funnel.field_code, funnel.kind
