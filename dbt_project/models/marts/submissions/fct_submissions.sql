with

submissions as (

    select * from {{ ref('int_submissions') }}

),

units as (

    select
        unit_key,
        unit_name,
        reporting_level
    from {{ ref('int_units') }}

),

-- A report that was sent back may bear a period of any year. One outside the calendar is not known here; the finding names it.
periods as (

    select
        period_code,
        period_end_date
    from {{ ref('int_periods') }}

),

due_dates as (

    select * from {{ ref('int_due_dates') }}

)

select
    submissions.submission_id,
    submissions.form,
    submissions.unit_key,
    units.unit_name,
    periods.period_code,
    periods.period_end_date,
    submissions.revision,
    submissions.received_at,
    due_dates.due_date,
    {{ local_date('submissions.received_at') }} <= due_dates.due_date as is_on_time,
    submissions.status,
    submissions.file_name,
    submissions.file_sha256,
    submissions.row_count,
    submissions.error_count,
    submissions.warning_count,
    submissions.is_simulated,
    submissions.is_part_correction
from submissions
left join units on units.unit_key = submissions.unit_key
left join periods on periods.period_code = submissions.period_code
left join due_dates
    on due_dates.form = submissions.form
        and due_dates.level = units.reporting_level
        and due_dates.period_code = submissions.period_code
order by
    submissions.received_at,
    submissions.file_sha256,
    submissions.form,
    submissions.unit_key,
    submissions.period_code
