-- One row per figure that is many times the figure of the period before, or a small part of it.
with

sizes as (

    select
        pair_number,
        sheet,
        row_number,
        indicator_code,
        case when denominator is not null then 'denominator' else 'value' end as column_name,
        coalesce(denominator, value) as found,
        coalesce(other_denominator, other_value) as other
    from context_compared
    where indicator_code not in $not_for

)

select
    pairs.submission_id,
    sizes.sheet,
    sizes.row_number,
    sizes.column_name,
    sizes.indicator_code as row_key,
    'far_from_previous' as rule_code,
    sizes.found,
    {'period': pairs.period_code, 'other_period': pairs.other_period_code, 'other': sizes.other} as params
from sizes
inner join context_report_pairs as pairs on pairs.pair_number = sizes.pair_number
where
    pairs.relation = 'previous'
    and greatest(sizes.found, sizes.other) >= $least_size
    and greatest(sizes.found, sizes.other) >= $factor * least(sizes.found, sizes.other)
