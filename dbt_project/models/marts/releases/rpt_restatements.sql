with

this_build as (

    select release_id from {{ ref('stg_raw__this_build') }}

),

restated_before as (

    select restatements.*
    from {{ ref('stg_earlier__restatements') }} as restatements
    left join this_build on this_build.release_id = restatements.release_id
    where this_build.release_id is null

),

before as (

    select figures.* from {{ ref('stg_earlier__figures') }} as figures
    -- What is counted from records follows the records and the day, and restates no report.
    left join {{ ref('recorded_indicators') }} as recorded on recorded.indicator_code = figures.indicator_code
    where recorded.indicator_code is null

),

now as (

    select
        lens,
        unit_key,
        indicator_code,
        period_code,
        numerator,
        denominator,
        value
    from {{ ref('rpt_indicator_series') }}

),

new_reports as (

    select * from {{ ref('int_new_reports') }}

),

-- A figure that is there for the first time restates nothing.
changed as (

    select
        before.lens,
        before.unit_key,
        before.indicator_code,
        before.period_code,
        before.value as old_value,
        now.value as new_value,
        before.numerator as old_numerator,
        now.numerator as new_numerator,
        before.denominator as old_denominator,
        now.denominator as new_denominator
    from before
    left join now
        on now.lens = before.lens
            and now.unit_key = before.unit_key
            and now.indicator_code = before.indicator_code
            and now.period_code = before.period_code
    where {{ is_another_figure('before.value', 'now.value') }}
        or {{ is_another_figure('before.numerator', 'now.numerator') }}
        or {{ is_another_figure('before.denominator', 'now.denominator') }}

),

restated as (

    select
        release_id,
        lens,
        unit_key,
        indicator_code,
        period_code,
        old_value,
        new_value,
        old_numerator,
        new_numerator,
        old_denominator,
        new_denominator,
        submission_id,
        reason
    from restated_before
    union all
    select
        this_build.release_id,
        changed.lens,
        changed.unit_key,
        changed.indicator_code,
        changed.period_code,
        changed.old_value,
        changed.new_value,
        changed.old_numerator,
        changed.new_numerator,
        changed.old_denominator,
        changed.new_denominator,
        new_reports.submission_id,
        case
            when new_reports.is_own then 'own_report'
            when new_reports.submission_id is not null then 'part_report'
            else 'rules'
        end as reason
    from changed
    cross join this_build
    left join new_reports
        on new_reports.lens = changed.lens
            and new_reports.unit_key = changed.unit_key
            and new_reports.indicator_code = changed.indicator_code
            and new_reports.period_code = changed.period_code

)

-- A unit, an indicator or a period that the lists no longer have keeps its key and loses its name.
select
    restated.release_id,
    restated.lens,
    restated.unit_key,
    units.unit_name,
    restated.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    restated.period_code,
    periods.period_end_date,
    restated.old_value,
    restated.new_value,
    restated.old_numerator,
    restated.new_numerator,
    restated.old_denominator,
    restated.new_denominator,
    restated.submission_id,
    restated.reason
from restated
left join {{ ref('int_units') }} as units on units.unit_key = restated.unit_key
left join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = restated.indicator_code
left join {{ ref('int_periods') }} as periods on periods.period_code = restated.period_code
