-- The reported figure and the counted one side by side, as they stood in the units of the time.
with

figures as (

    select * from {{ ref('rpt_indicator_series') }}
    where lens = 'as_reported' and counterpart_code is not null

),

reported as (

    select * from figures
    where source_kind = 'reported'

),

recorded as (

    select * from figures
    where source_kind = 'recorded'

),

-- A total of the country is compared only when the warehouse counted in every province that reported: where most provinces send
-- their own totals alone, the difference would be the records of the others.
counted_in_part as (

    select distinct
        reported.indicator_code,
        reported.period_code
    from reported
    left join recorded
        on recorded.unit_key = reported.unit_key
            and recorded.indicator_code = reported.counterpart_code
            and recorded.period_code = reported.period_code
    where reported.level = 'province' and recorded.unit_key is null

),

compared as (

    select
        reported.unit_key,
        reported.unit_name,
        reported.level,
        reported.province_code,
        reported.current_province_code,
        reported.indicator_code,
        reported.indicator_name_vi,
        reported.indicator_name_en,
        reported.counterpart_code,
        reported.period_code,
        reported.period_type,
        reported.period_end_date,
        reported.is_rate,
        reported.numerator as reported_numerator,
        reported.denominator as reported_denominator,
        reported.value as reported_value,
        reported.verdict as reported_verdict,
        recorded.numerator as recorded_numerator,
        recorded.denominator as recorded_denominator,
        recorded.value as recorded_value,
        recorded.verdict as recorded_verdict,
        reported.value - recorded.value as difference,
        case
            when reported.is_rate then reported.numerator - recorded.numerator
            else reported.value - recorded.value
        end as difference_cases,
        case
            when reported.is_rate
                then coalesce(reported.value_low > recorded.value_high or recorded.value_low > reported.value_high, false)
            else coalesce(abs(reported.value - recorded.value) > {{ tolerance() }}, false)
        end as is_far_apart,
        coalesce(reported.is_met <> recorded.is_met, false) as is_verdict_turned,
        case when reported.is_leading then 'reported' else 'recorded' end as leading_kind,
        reported.is_simulated or recorded.is_simulated as is_simulated
    from reported
    inner join recorded
        on recorded.unit_key = reported.unit_key
            and recorded.indicator_code = reported.counterpart_code
            and recorded.period_code = reported.period_code
    left join counted_in_part
        on counted_in_part.indicator_code = reported.indicator_code
            and counted_in_part.period_code = reported.period_code
            and reported.level = 'country'
    where counted_in_part.indicator_code is null

)

select
    compared.unit_key,
    compared.unit_name,
    compared.level,
    compared.province_code,
    compared.current_province_code,
    compared.indicator_code,
    compared.indicator_name_vi,
    compared.indicator_name_en,
    compared.counterpart_code,
    compared.period_code,
    compared.period_type,
    compared.period_end_date,
    compared.reported_numerator,
    compared.reported_denominator,
    compared.reported_value,
    compared.reported_verdict,
    compared.recorded_numerator,
    compared.recorded_denominator,
    compared.recorded_value,
    compared.recorded_verdict,
    compared.difference,
    compared.difference_cases,
    compared.is_verdict_turned,
    compared.is_far_apart or compared.is_verdict_turned as is_contradicted,
    -- A word of SQL, so it is quoted.
    compared.leading_kind as {{ quoted('leading') }},
    indicators.difference_vi as definition_difference_vi,
    indicators.difference_en as definition_difference_en,
    compared.is_simulated
from compared
inner join {{ ref('recorded_indicators') }} as indicators on indicators.indicator_code = compared.counterpart_code
order by compared.indicator_code, compared.unit_key, compared.period_end_date, compared.period_code
