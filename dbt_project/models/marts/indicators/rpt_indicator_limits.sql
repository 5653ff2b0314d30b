with

points as (

    select * from {{ ref('int_series_points') }}

),

with_context as (

    select
        points.*,
        {{ lens_of('points.lens_number') }} as lens,
        units.unit_key,
        units.unit_name,
        indicators.indicator_code,
        indicators.indicator_name_vi,
        indicators.indicator_name_en,
        periods.period_code,
        periods.period_type,
        periods.period_end_date,
        targets.operator as target_operator,
        targets.target_value
    from points
    inner join {{ ref('int_units') }} as units on units.unit_number = points.unit_number
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_number = points.indicator_number
    inner join {{ ref('int_periods') }} as periods
        on periods.period_type_number = points.period_type_number
            and periods.period_number = points.period_number
    left join {{ ref('int_unit_target_scopes') }} as scopes on scopes.unit_number = points.unit_number
    left join {{ ref('int_scope_targets') }} as targets
        on targets.scope_number = scopes.scope_number
            and targets.indicator_number = points.indicator_number
            and targets.period_type_number = points.period_type_number
            and targets.period_number = points.period_number

)

select
    lens,
    unit_key,
    unit_name,
    indicator_code,
    indicator_name_vi,
    indicator_name_en,
    period_code,
    period_type,
    period_end_date,
    value,
    cast(segment as bigint) as segment,
    centre,
    lower_limit,
    upper_limit,
    signal,
    case
        when target_operator is null or target_value is null or lower_limit is null then null
        when {{ is_on_good_side(in_nine_decimals('lower_limit'), 'target_operator', 'target_value', 'null') }}
            and {{ is_on_good_side(in_nine_decimals('upper_limit'), 'target_operator', 'target_value', 'null') }}
            then 'consistently_met'
        when not {{ is_on_good_side(in_nine_decimals('lower_limit'), 'target_operator', 'target_value', 'null') }}
            and not {{ is_on_good_side(in_nine_decimals('upper_limit'), 'target_operator', 'target_value', 'null') }}
            then 'consistently_missed'
        else 'hit_or_miss'
    end as assurance,
    point_count < {{ xmr_trial_points() }} as is_trial,
    is_estimated
from with_context
