-- One row per figure of a target's report, for each report that it may be compared with. Made before what it is compared
-- with is looked up: inside the transaction that adds the rows DuckDB knows nothing of how many there are, and given all
-- at once it pairs every figure of an indicator with every other first.
create or replace temp table scene_figures as
select
    pairs.relation,
    pairs.other_submission_id,
    pairs.other_period_code,
    pairs.other_end_date,
    own.submission_id,
    own.sheet,
    own.row_number,
    own.period_code,
    own.indicator_code,
    own.numerator,
    own.denominator,
    case when own.denominator is null then own.value end as value
from seen_bc_rows as own
inner join scene_report_pairs as pairs on pairs.submission_id = own.submission_id;

-- The same, where the other report has the indicator too. Figures are in cases or in the indicator's unit.
create or replace temp table scene_compared as
select
    figures.*,
    others.numerator as other_numerator,
    others.denominator as other_denominator,
    case when others.denominator is null then others.value end as other_value
from scene_figures as figures
inner join seen_bc_rows as others
    on others.submission_id = figures.other_submission_id and others.indicator_code = figures.indicator_code;
