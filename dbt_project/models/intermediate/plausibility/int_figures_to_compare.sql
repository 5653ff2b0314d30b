-- Figures that units report of themselves and that are known from elsewhere too, by the reports in force.
with

indicator_values as (

    select * from {{ ref('int_indicator_values') }}
    where known_to is null
        and not is_not_applicable
        and (
            indicator_code in ('TDUA_THANG', 'DVK_DK', 'DVK_DK_TT', 'DVK_DK_CN', 'QT_NQ')
            or indicator_code in (select seed.indicator_code from {{ ref('self_scored_indicators') }} as seed)
        )

)

select
    indicator_values.unit_key,
    units.series_key,
    units.level,
    indicator_values.indicator_code,
    indicator_values.period_code,
    periods.period_type,
    periods.period_start_date,
    periods.period_end_date,
    indicator_values.numerator,
    indicator_values.denominator,
    indicator_values.value
from indicator_values
inner join {{ ref('int_units') }} as units on units.unit_key = indicator_values.unit_key
inner join {{ ref('int_periods') }} as periods on periods.period_code = indicator_values.period_code
