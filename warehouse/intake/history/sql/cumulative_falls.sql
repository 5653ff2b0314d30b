-- One row per figure that is below the figure already reported for a shorter part of the year, or above the figure already
-- reported for a longer part: a figure that adds up through the year cannot fall.
with

figures as (

    select
        pairs.*,
        compared.sheet,
        compared.row_number,
        compared.indicator_code,
        unnest(['numerator', 'denominator', 'value']) as column_name,
        unnest([compared.numerator, compared.denominator, compared.value]) as found,
        unnest([compared.other_numerator, compared.other_denominator, compared.other_value]) as other
    from context_compared as compared
    inner join context_report_pairs as pairs on pairs.pair_number = compared.pair_number
    inner join context_indicators as indicators on indicators.indicator_code = compared.indicator_code
    where
        pairs.relation <> 'previous'
        and indicators.aggregation = 'sum'
        and compared.indicator_code not in $not_for

),

-- The nearest period that has the figure.
nearest as (

    select
        submission_id,
        sheet,
        row_number,
        indicator_code,
        column_name,
        relation,
        period_code,
        found,
        case relation
            when 'shorter' then arg_max(other, other_end_date)
            else arg_min(other, other_end_date)
        end as other,
        case relation
            when 'shorter' then arg_max(other_period_code, other_end_date)
            else arg_min(other_period_code, other_end_date)
        end as other_period_code
    from figures
    where found is not null and other is not null
    group by
        submission_id,
        sheet,
        row_number,
        indicator_code,
        column_name,
        relation,
        period_code,
        found

)

select
    submission_id,
    sheet,
    row_number,
    column_name,
    indicator_code as row_key,
    case relation when 'shorter' then 'cumulative_falls' else 'cumulative_above_later' end as rule_code,
    found,
    {'period': period_code, 'other_period': other_period_code, 'other': other, 'indicator': indicator_code} as params
from nearest
where (relation = 'shorter' and found < other) or (relation = 'longer' and found > other)
