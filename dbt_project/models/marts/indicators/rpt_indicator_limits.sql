with

points as (

    select * from {{ ref('int_series_points') }}

),

with_context as (

    select
        points.*,
        {{ lens_of('points.lens_number') }} as lens,
        units.unit_key,
        indicators.indicator_code,
        periods.period_code,
        periods.period_type,
        periods.period_end_date,
        case when points.is_rate and points.lower_uncut < 0 then 0 else points.lower_uncut end as lower_limit,
        case when points.is_rate and points.upper_uncut > 100 then 100 else points.upper_uncut end as upper_limit,
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

),

-- Two thirds of the way from the centre to a limit.
with_warning_lines as (

    select
        *,
        centre + 2.0 / 3 * (upper_limit - centre) as far_above,
        centre - 2.0 / 3 * (centre - lower_limit) as far_below
    from with_context

)

select
    lens,
    unit_key,
    indicator_code,
    period_code,
    period_type,
    period_end_date,
    value,
    cast(segment as bigint) as segment,
    centre,
    lower_limit,
    upper_limit,
    case
        when value > upper_limit or value < lower_limit then 'outside_limits'
        when {{ how_many_hold(['value > far_above', 'value_before > far_above', 'value_before_that > far_above']) }} >= 2
            or {{ how_many_hold(['value < far_below', 'value_before < far_below', 'value_before_that < far_below']) }} >= 2
            then 'two_of_three'
        when least_of_run > centre or greatest_of_run < centre then 'shift'
        when is_run then 'run'
    end as signal,
    case
        when target_operator is null or target_value is null or lower_limit is null then null
        when {{ is_on_good_side('lower_limit', 'target_operator', 'target_value', 'null') }}
            and {{ is_on_good_side('upper_limit', 'target_operator', 'target_value', 'null') }}
            then 'consistently_met'
        when not {{ is_on_good_side('lower_limit', 'target_operator', 'target_value', 'null') }}
            and not {{ is_on_good_side('upper_limit', 'target_operator', 'target_value', 'null') }}
            then 'consistently_missed'
        else 'hit_or_miss'
    end as assurance,
    point_count < {{ xmr_trial_points() }} as is_trial
from with_warning_lines
