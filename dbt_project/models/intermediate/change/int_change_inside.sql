with

rates as (

    select * from {{ ref('int_change_rates') }}
    -- Most communes and bodies have no parts.
    where unit_key in (
            select units.unit_key from {{ ref('int_units') }} as units
            where units.rollup_level in ('holder', 'district', 'province', 'country')
        )

),

child_sums as (

    select * from {{ ref('int_change_child_sums') }}

),

child_changes as (

    select * from {{ ref('int_change_child_changes') }}

),

-- The cases of a total that none of its children has are one more part: the rest.
with_parts as (

    select
        rates.*,
        coalesce(earlier.part_count, 0) as from_children,
        coalesce(later.part_count, 0) as to_children,
        coalesce(changes.part_count, 0) as children_in_both,
        coalesce(changes.change_at_from_weights, 0) as change_at_from_weights,
        coalesce(changes.change_at_to_weights, 0) as change_at_to_weights,
        rates.from_numerator - coalesce(earlier.numerator, 0) as from_rest_numerator,
        rates.from_denominator - coalesce(earlier.denominator, 0) as from_rest_denominator,
        rates.to_numerator - coalesce(later.numerator, 0) as to_rest_numerator,
        rates.to_denominator - coalesce(later.denominator, 0) as to_rest_denominator,
        coalesce(earlier.is_estimated, false) or coalesce(later.is_estimated, false) as is_any_child_estimated
    from rates
    left join child_sums as earlier
        on earlier.unit_key = rates.unit_key
            and earlier.epoch_start_date = rates.epoch_start_date
            and earlier.indicator_code = rates.indicator_code
            and earlier.period_code = rates.from_period_code
    left join child_sums as later
        on later.unit_key = rates.unit_key
            and later.epoch_start_date = rates.epoch_start_date
            and later.indicator_code = rates.indicator_code
            and later.period_code = rates.to_period_code
    left join child_changes as changes
        on changes.unit_key = rates.unit_key
            and changes.indicator_code = rates.indicator_code
            and changes.from_period_code = rates.from_period_code
            and changes.to_period_code = rates.to_period_code

),

-- A total that a unit sent itself is taken apart only where its children agree with it and reported in both periods; else the
-- unit is a single part.
divided as (

    select
        *,
        from_rest_denominator > {{ smallest_case() }} as has_from_rest,
        to_rest_denominator > {{ smallest_case() }} as has_to_rest
    from with_parts
    where {{ is_possible_rest('from_rest_numerator', 'from_rest_denominator') }}
        and {{ is_possible_rest('to_rest_numerator', 'to_rest_denominator') }}
        and case
            when rollup = 'total_reported' then from_children > 0 and to_children > 0
            else from_children + to_children > 0
        end

),

with_rest as (

    select
        *,
        case
            when has_from_rest and has_to_rest
                then
                    {{ percentage('to_rest_numerator', 'to_rest_denominator') }}
                    - {{ percentage('from_rest_numerator', 'from_rest_denominator') }}
            else 0
        end as rest_change
    from divided

)

-- A part known in one period only has the same rate in both, so it changes nothing within.
select
    unit_key,
    indicator_code,
    from_period_code,
    to_period_code,
    0.5 * (change_at_from_weights + from_rest_denominator * rest_change) / from_denominator
    + 0.5 * (change_at_to_weights + to_rest_denominator * rest_change) / to_denominator as within_change,
    from_children + to_children - children_in_both + case when has_from_rest or has_to_rest then 1 else 0 end as part_count,
    is_any_child_estimated
from with_rest
