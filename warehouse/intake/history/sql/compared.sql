-- One row per figure of the reports that are compared, rows understood in returned reports included. No other query reads all
-- figures ever reported. The tables are made step by step, so that DuckDB knows the number of rows: in a single query it may
-- pair every figure of an indicator with every other first.
create or replace temp table context_bc_rows as
select
    own.submission_id,
    own.sheet,
    own.row_number,
    own.indicator_code,
    own.numerator,
    own.denominator,
    own.value,
    own.is_kept
from (
    select *, true as is_kept from ledger_bc_rows
    union all
    select *, false as is_kept from ledger_bc_returned
) as own
semi join (
    select submission_id from context_report_pairs
    union
    select other_submission_id as submission_id from context_report_pairs
) as concerned on concerned.submission_id = own.submission_id;

-- One row per figure that stood beside a part-correction with which a target is compared, and that it does not carry.
create or replace temp table context_stood_beside as
select
    standing.submission_id,
    own.indicator_code,
    own.numerator,
    own.denominator,
    own.value
from context_standing as standing
semi join (select other_submission_id from context_report_pairs) as asked
    on asked.other_submission_id = standing.submission_id
inner join ledger_bc_rows as own on own.submission_id = standing.earlier_submission_id
anti join context_bc_rows as carried
    on carried.submission_id = standing.submission_id and carried.indicator_code = own.indicator_code
where standing.is_part_correction
qualify row_number() over (
    partition by standing.submission_id, own.indicator_code order by standing.earlier_arrival_number desc
) = 1;

-- One row per figure of a target's report, for each report that it may be compared with and that has the indicator too.
-- Figures are in cases or in the indicator's unit.
create or replace temp table context_compared as
with

figures as materialized (

    select
        pairs.pair_number,
        pairs.other_submission_id,
        own.sheet,
        own.row_number,
        own.indicator_code,
        own.numerator,
        own.denominator,
        case when own.denominator is null then own.value end as value
    from context_report_pairs as pairs
    inner join context_bc_rows as own on own.submission_id = pairs.submission_id

)

select
    figures.* exclude (other_submission_id),
    others.numerator as other_numerator,
    others.denominator as other_denominator,
    case when others.denominator is null then others.value end as other_value
from figures
inner join (
    select submission_id, indicator_code, numerator, denominator, value from context_bc_rows
    union all
    from context_stood_beside
) as others
    on others.submission_id = figures.other_submission_id and others.indicator_code = figures.indicator_code;
