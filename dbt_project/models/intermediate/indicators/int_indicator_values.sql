-- A later accepted report of the same unit and period replaces the earlier one whole: figures that it leaves out are withdrawn.
-- A part-correction replaces only the figures that it carries; the others stay, with their own submission.
with

reported as (

    select
        submission_id,
        indicator_code,
        numerator,
        denominator,
        value,
        is_not_applicable,
        sheet,
        cell,
        denominator_cell
    from {{ ref('stg_raw__indicator_reports') }}
    union all
    select
        submission_id,
        indicator_code,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        value,
        false as is_not_applicable,
        sheet,
        cell,
        cast(null as {{ engine_type('varchar') }}) as denominator_cell
    from {{ ref('stg_raw__panel_values') }}

),

submissions as (

    select * from {{ ref('int_submissions') }}
    where is_accepted

),

-- When a part-correction first replaced a figure. Only the rows of part-corrections are searched: a window over all figures would
-- sort them all.
corrected as (

    select
        reported.submission_id,
        reported.indicator_code,
        min(corrections.received_at) as corrected_at
    from reported
    inner join submissions on submissions.submission_id = reported.submission_id
    inner join submissions as corrections
        on corrections.form = submissions.form
            and corrections.unit_key = submissions.unit_key
            and corrections.period_code = submissions.period_code
            and corrections.revision > submissions.revision
            and corrections.is_part_correction
    inner join reported as corrected_rows
        on corrected_rows.submission_id = corrections.submission_id
            and corrected_rows.indicator_code = reported.indicator_code
    group by reported.submission_id, reported.indicator_code

),

indicators as (

    select * from {{ ref('int_indicators') }}

)

select
    submissions.unit_key,
    reported.indicator_code,
    submissions.period_code,
    submissions.revision,
    reported.numerator,
    reported.denominator,
    case
        when indicators.is_rate then {{ percentage('reported.numerator', 'reported.denominator') }}
        else reported.value
    end as value,
    reported.is_not_applicable,
    populations.population,
    submissions.received_at as known_from,
    coalesce(
        least(submissions.superseded_at, corrected.corrected_at), submissions.superseded_at, corrected.corrected_at
    ) as known_to,
    submissions.is_simulated,
    reported.submission_id,
    coalesce(reported.sheet, submissions.sheet) as sheet,
    reported.cell,
    reported.denominator_cell
from reported
inner join submissions on submissions.submission_id = reported.submission_id
inner join indicators on indicators.indicator_code = reported.indicator_code
left join corrected
    on corrected.submission_id = reported.submission_id
        and corrected.indicator_code = reported.indicator_code
left join {{ ref('int_populations') }} as populations
    on populations.unit_key = submissions.unit_key
        and populations.period_code = submissions.period_code
        and indicators.aggregation = 'weighted_mean'
