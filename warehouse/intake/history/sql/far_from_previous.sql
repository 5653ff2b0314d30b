-- One row per figure that is many times the one of the period before, or a small part of it.
with

sizes as (

    select
        *,
        case when denominator is not null then 'denominator' else 'value' end as column_name,
        coalesce(denominator, value) as found,
        coalesce(other_denominator, other_value) as other
    from scene_compared
    where relation = 'previous' and indicator_code not in $not_for

)

select
    submission_id,
    sheet,
    row_number,
    column_name,
    indicator_code as row_key,
    'far_from_previous' as rule_code,
    found,
    {'period': period_code, 'other_period': other_period_code, 'other': other} as params
from sizes
where
    greatest(found, other) >= $least_size
    and greatest(found, other) >= $factor * least(found, other)
