-- A jump or a fall is asked about where it begins: the period after it, still beyond the limit, gets no question.
select
    'sudden_jump' as rule_code,
    case when is_rate then 'denominator' else 'value' end as part,
    unit_number,
    indicator_number,
    period_type_number,
    period_number,
    amount as found_figure,
    typical_amount as expected_figure,
    point_count as figure_count
from {{ ref('int_volume_deviations') }}
where point_count >= {{ plausibility_limit('sudden_jump', 'least_periods') }}
    and deviations > {{ plausibility_limit('sudden_jump', 'limit_width') }}
    and lagged_deviations <= {{ plausibility_limit('sudden_jump', 'limit_width') }}
    and amount >= {{ plausibility_limit('sudden_jump', 'least_factor') }} * typical_amount
    and amount - typical_amount >= {{ plausibility_limit('sudden_jump', 'least_difference') }}

union all

-- Fewer cases while the result does not get worse: the ones that are missing may be the bad ones.
select
    'denominator_collapse' as rule_code,
    'denominator' as part,
    unit_number,
    indicator_number,
    period_type_number,
    period_number,
    amount as found_figure,
    typical_amount as expected_figure,
    point_count as figure_count
from {{ ref('int_volume_deviations') }}
where is_rate
    and point_count >= {{ plausibility_limit('denominator_collapse', 'least_periods') }}
    and deviations < -{{ plausibility_limit('denominator_collapse', 'limit_width') }}
    and lagged_deviations >= -{{ plausibility_limit('denominator_collapse', 'limit_width') }}
    and amount <= {{ plausibility_limit('denominator_collapse', 'most_factor') }} * typical_amount
    and coalesce(
        case when direction = 'lower' then lagged_rate_ratio - rate_ratio else rate_ratio - lagged_rate_ratio end, 0
    ) >= 0
