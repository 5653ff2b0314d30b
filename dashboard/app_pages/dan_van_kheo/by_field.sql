-- One row per field of the unit's models in the phase, the field with most models first.
select
    funnel.field_code,
    sum(funnel.registered_count) as registered_count,
    coalesce(sum(funnel.registered_count) filter (where funnel.kind = 'collective'), 0) as collective,
    coalesce(sum(funnel.registered_count) filter (where funnel.kind = 'individual'), 0) as individual
from marts.rpt_model_funnel as funnel
where funnel.lens = 'current_boundaries' and funnel.unit_key = $unit_key and funnel.phase = $phase
group by funnel.field_code
order by registered_count desc, funnel.field_code
