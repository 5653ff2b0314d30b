select
    pairs.unit_key,
    units.unit_name,
    pairs.model_code,
    pairs.similar_unit_key,
    similar_units.unit_name as similar_unit_name,
    pairs.similar_model_code,
    pairs.similarity,
    pairs.is_same_unit,
    pairs.is_same_province,
    pairs.is_same_year,
    pairs.days_apart,
    pairs.is_simulated
from {{ ref('int_model_near_duplicates') }} as pairs
inner join {{ ref('int_units') }} as units on units.unit_key = pairs.unit_key
inner join {{ ref('int_units') }} as similar_units on similar_units.unit_key = pairs.similar_unit_key
order by pairs.unit_key, pairs.model_code, pairs.similar_unit_key, pairs.similar_model_code
