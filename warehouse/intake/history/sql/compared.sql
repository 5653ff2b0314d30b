-- One row per figure of the reports that are compared, or of what was understood of those that were sent back: the one
-- look at all that was ever reported. Made step by step, so that DuckDB knows how many rows there are: given all at once
-- it may pair every figure of an indicator with every other first.
create or replace temp table scene_bc_rows as
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
    select *, true as is_kept from seen_bc_rows
    union all
    select *, false as is_kept from seen_bc_returned
) as own
semi join (
    select submission_id from scene_report_pairs
    union
    select other_submission_id as submission_id from scene_report_pairs
) as concerned on concerned.submission_id = own.submission_id;

-- One row per figure of a target's report, for each report that it may be compared with and that has the indicator too; what
-- the pair says of both is not said again. Figures are in cases or in the indicator's unit.
create or replace temp table scene_compared as
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
    from scene_report_pairs as pairs
    inner join scene_bc_rows as own on own.submission_id = pairs.submission_id

)

select
    figures.* exclude (other_submission_id),
    others.numerator as other_numerator,
    others.denominator as other_denominator,
    case when others.denominator is null then others.value end as other_value
from figures
inner join scene_bc_rows as others
    on others.submission_id = figures.other_submission_id and others.indicator_code = figures.indicator_code;
