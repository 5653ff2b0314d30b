-- One row per count of activities that is below the number of activities that the unit itself listed in form HD.
with

-- Units that ever reported such an activity.
active as (

    select coalesce(names.series_key, records.unit_key) as series_key
    from ledger_hd_rows as records
    left join context_names as names on names.unit_key = records.unit_key
    where records.activity_type in $activity_types and records.activity_date is not null

),

counts as (

    select
        submissions.series_key,
        submissions.arrival_number,
        own.submission_id,
        own.sheet,
        own.row_number,
        own.value as found,
        periods.period_code,
        periods.period_start_date,
        periods.period_end_date
    from (from ledger_bc_rows union all from ledger_bc_returned) as own
    inner join context_submissions as submissions on submissions.submission_id = own.submission_id
    inner join context_periods as periods on periods.period_code = submissions.period_code
    semi join active on active.series_key = submissions.series_key
    where submissions.is_target and own.indicator_code = '$indicator' and own.value is not null

),

-- A record counts from its first arrival.
records as (

    select
        coalesce(names.series_key, records.unit_key) as series_key,
        records.activity_code as record_key,
        records.activity_date as record_date,
        min(files.arrival_number) as arrival_number
    from ledger_hd_rows as records
    inner join ledger_submissions as submissions on submissions.submission_id = records.submission_id
    inner join context_files as files on files.file_sha256 = submissions.file_sha256
    left join context_names as names on names.unit_key = records.unit_key
    semi join counts on counts.series_key = coalesce(names.series_key, records.unit_key)
    where records.activity_type in $activity_types and records.activity_date is not null
    group by
        coalesce(names.series_key, records.unit_key),
        records.activity_code,
        records.activity_date

),

compared as (

    select
        counts.submission_id,
        counts.sheet,
        counts.row_number,
        counts.period_code,
        counts.found,
        count(distinct records.record_key) as record_count
    from counts
    inner join records
        on records.series_key = counts.series_key
            and records.arrival_number <= counts.arrival_number
            and records.record_date between counts.period_start_date and counts.period_end_date
    group by
        counts.submission_id,
        counts.sheet,
        counts.row_number,
        counts.period_code,
        counts.found

)

select
    submission_id,
    sheet,
    row_number,
    'value' as column_name,
    '$indicator' as row_key,
    'count_below_records' as rule_code,
    found,
    {'period': period_code, 'other': cast(record_count as double)} as params
from compared
where found < record_count
