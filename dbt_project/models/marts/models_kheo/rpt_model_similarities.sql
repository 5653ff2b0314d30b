select
    unit_key,
    model_code,
    similar_unit_key,
    similar_model_code,
    similarity,
    is_same_unit,
    is_same_province,
    is_same_year,
    days_apart,
    is_simulated
from {{ ref('int_model_near_duplicates') }}
order by unit_key, model_code, similar_unit_key, similar_model_code
