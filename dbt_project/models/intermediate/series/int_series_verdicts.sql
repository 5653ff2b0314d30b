{{ config(materialized='view') }}
-- The verdict of each figure that units report, as reported, for rules that look at several figures of a unit. What is counted
-- besides is left out: an indicator would count twice.
select
    units.unit_key,
    indicators.indicator_code,
    periods.period_code,
    {{ verdict(
        'series.value', 'series.value_low', 'series.value_high', 'series.is_rate', 'targets.operator', 'targets.target_value',
        'series.previous_value'
    ) }} as verdict
from {{ ref('int_series_neighbours') }} as series
inner join {{ ref('int_units') }} as units on units.unit_number = series.unit_number
inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_number = series.indicator_number
inner join {{ ref('int_periods') }} as periods
    on periods.period_type_number = series.period_type_number
        and periods.period_number = series.period_number
inner join {{ ref('int_unit_target_scopes') }} as scopes on scopes.unit_key = units.unit_key
inner join {{ ref('int_scope_targets') }} as targets
    on targets.scope_number = scopes.scope_number
        and targets.indicator_number = series.indicator_number
        and targets.period_type_number = series.period_type_number
        and targets.period_number = series.period_number
where series.lens_number = {{ lens_number('as_reported') }}
    and indicators.source_kind <> 'recorded'
