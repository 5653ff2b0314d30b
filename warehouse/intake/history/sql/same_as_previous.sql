-- One row per accepted report whose figures are all those of the period before, where they are large enough not to be
-- so by chance.
with

reported as (

    select
        pairs.submission_id,
        min(compared.row_number) as row_number,
        arg_min(compared.sheet, compared.row_number) as sheet,
        arg_min(compared.denominator is not null, compared.row_number) as is_rate,
        min(pairs.period_code) as period_code,
        min(pairs.other_period_code) as other_period_code,
        count(*) as compared_count,
        count(*) filter (
            where compared.numerator is not distinct from compared.other_numerator
                and compared.denominator is not distinct from compared.other_denominator
                and compared.value is not distinct from compared.other_value
        ) as same_count,
        count(*) filter (where coalesce(compared.denominator, compared.value) >= $least_size) as large_count
    from context_compared as compared
    inner join context_report_pairs as pairs on pairs.pair_number = compared.pair_number
    where
        pairs.relation = 'previous' and coalesce(compared.denominator, compared.value) is not null
    group by pairs.submission_id

),

-- A figure that the period before did not have is no copy. Not all figures of a returned report are known.
given as (

    select
        own.submission_id,
        count(*) as given_count
    from context_bc_rows as own
    semi join reported on reported.submission_id = own.submission_id
    where own.is_kept and coalesce(own.denominator, own.value) is not null
    group by own.submission_id

)

select
    reported.submission_id,
    reported.sheet,
    reported.row_number,
    case when reported.is_rate then 'numerator' else 'value' end as column_name,
    cast(null as varchar) as row_key,
    'same_as_previous' as rule_code,
    cast(null as double) as found,
    {
        'period': reported.period_code,
        'other_period': reported.other_period_code,
        'count': reported.compared_count
    } as params
from reported
inner join given on given.submission_id = reported.submission_id
where
    reported.same_count = reported.compared_count
    and given.given_count = reported.compared_count
    and reported.large_count >= $least_large
