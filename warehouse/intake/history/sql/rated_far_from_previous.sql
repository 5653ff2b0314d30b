-- One row per division whose number of rated people is many times the number of the month before, or a small part of it.
with

ratings as (

    select
        ratings.is_kept,
        submissions.submission_id,
        submissions.arrival_number,
        submissions.is_target,
        submissions.series_key,
        periods.period_code,
        periods.previous_period_code,
        ratings.sheet,
        ratings.row_number,
        coalesce(ratings.division, '') as division,
        ratings.rated_count
    from (
        select *, true as is_kept from ledger_tx_rows
        union all
        select *, false as is_kept from ledger_tx_returned
    ) as ratings
    inner join context_submissions as submissions on submissions.submission_id = ratings.submission_id
    inner join context_periods as periods on periods.period_code = ratings.period_code
    where submissions.form = 'TX'

),

compared as (

    select
        own.*,
        cast(others.rated_count as double) as other
    from (select * from ratings where is_target) as own
    asof inner join (select * from ratings where is_kept) as others
        on others.series_key = own.series_key
            and others.period_code = own.previous_period_code
            and others.division = own.division
            and others.arrival_number <= own.arrival_number

)

select
    submission_id,
    sheet,
    row_number,
    'rated_count' as column_name,
    division as row_key,
    'far_from_previous' as rule_code,
    cast(rated_count as double) as found,
    {'period': period_code, 'other_period': previous_period_code, 'other': other} as params
from compared
where
    greatest(rated_count, other) >= $least_size
    and greatest(rated_count, other) >= $factor * least(rated_count, other)
