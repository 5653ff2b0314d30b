-- One row per score from 0 to 7 of how concretely the models of the phase are registered.
select
    cast(scores.score as bigint) as quality_score,
    count(found.model_code) as model_count,
    sum(count(found.model_code)) over () as scored_count
from range(0, 8) as scores (score)
left join (
    select models.model_code, models.quality_score
    from marts.fct_model_registrations as models
    inner join marts.dim_units as units on units.unit_key = models.unit_key
    where
        models.phase = $phase
        and ($province_code = 'VN' or units.current_province_code = $province_code)
) as found on found.quality_score = scores.score
group by scores.score
order by scores.score
