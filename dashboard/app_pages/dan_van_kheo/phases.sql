-- One row per phase in which models were registered in today's province, or in the country.
select
    funnel.phase,
    sum(funnel.registered_count) as registered_count
from marts.rpt_model_funnel as funnel
where funnel.lens = 'current_boundaries' and funnel.unit_key = $unit_key
group by funnel.phase
order by funnel.phase desc
