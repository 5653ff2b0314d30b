-- One row per record that withdraws what it reported before without an explanation: closed, held or reached.
with

rows_so_far as (

    select
        submissions.submission_id,
        submissions.is_target,
        records.sheet,
        records.row_number,
        records.$key as record_key,
        records.$column as now_value,
        lag(records.$column) over (
            partition by submissions.series_key, records.$key order by submissions.arrival_number, records.row_number
        ) as earlier_value
    from ledger_$table as records
    inner join context_submissions as submissions on submissions.submission_id = records.submission_id
    where submissions.form = '$form'

)

select
    submission_id,
    sheet,
    row_number,
    '$column' as column_name,
    record_key as row_key,
    '$rule' as rule_code,
    now_value as found,
    {'record': record_key, 'other': earlier_value} as params
from rows_so_far
where is_target and $goes_back
