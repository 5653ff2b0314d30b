-- One row per pair of reports of one unit that a check may compare, numbered in no particular order: a target's, and the
-- latest accepted one of another period that had arrived by then. A target may have been returned: the rows understood in it are
-- checked all the same.
-- `relation` is `previous` (the same type of period before), `shorter` or `longer` (cumulative periods of the same year;
-- a longer one only where it arrived before). Only a recent report is compared with the period before: a sender who loads
-- the figures of years at once gets no finding for each month of them.
create or replace temp table context_report_pairs as
with

reports as (

    select
        submissions.submission_id,
        submissions.series_key,
        submissions.period_code,
        submissions.form,
        submissions.arrival_number,
        submissions.is_target,
        submissions.is_accepted,
        cast(submissions.received_at as date) as received_date,
        periods.period_start_date,
        periods.period_end_date,
        periods.previous_period_code,
        periods.is_cumulative
    from context_submissions as submissions
    inner join context_periods as periods on periods.period_code = submissions.period_code
    where submissions.form = 'BC'

),

asked as (

    select
        targets.submission_id,
        targets.series_key,
        targets.period_code,
        targets.arrival_number,
        'previous' as relation,
        targets.previous_period_code as other_period_code
    from reports as targets
    where
        targets.is_target
        and targets.previous_period_code is not null
        and targets.received_date - targets.period_end_date <= $recent_days
    union all
    select
        targets.submission_id,
        targets.series_key,
        targets.period_code,
        targets.arrival_number,
        case when periods.period_end_date < targets.period_end_date then 'shorter' else 'longer' end as relation,
        periods.period_code as other_period_code
    from reports as targets
    inner join context_periods as periods
        on periods.period_start_date = targets.period_start_date
            and periods.period_end_date <> targets.period_end_date
    where targets.is_target and targets.is_cumulative and periods.is_cumulative

),

-- Only the reports asked for, which are few where a target covers years: sorting takes most of the time.
accepted as (

    select reports.*
    from reports
    semi join asked
        on asked.series_key = reports.series_key and asked.other_period_code = reports.period_code
    where reports.is_accepted

)

select
    row_number() over () as pair_number,
    asked.submission_id,
    asked.relation,
    asked.period_code,
    asked.other_period_code,
    others.submission_id as other_submission_id,
    others.period_end_date as other_end_date
from asked
asof inner join accepted as others
    on others.series_key = asked.series_key
        and others.period_code = asked.other_period_code
        and others.arrival_number <= asked.arrival_number
where asked.relation <> 'longer' or others.arrival_number < asked.arrival_number
