-- One row per event of a model that nobody registered, that another unit registered, or that is dated before the
-- registration. A model is a unit's own where it, a unit that it came from, or a unit above or below registered it.
with recursive

events as (

    select
        submissions.submission_id,
        events.unit_key,
        submissions.arrival_number,
        cast(submissions.received_at as date) as received_date,
        events.sheet,
        events.row_number,
        events.model_code,
        events.event,
        events.event_date
    from ledger_td_rows as events
    inner join context_submissions as submissions on submissions.submission_id = events.submission_id
    where submissions.is_target and events.model_code is not null

),

registrations as (

    select
        registrations.model_code,
        registrations.unit_key,
        registrations.registered_date,
        files.arrival_number
    from ledger_dk_rows as registrations
    semi join events on events.model_code = registrations.model_code
    inner join ledger_submissions as submissions on submissions.submission_id = registrations.submission_id
    inner join context_files as files on files.file_sha256 = submissions.file_sha256

),

above_or_before as (

    select
        unit_key,
        parent_unit_key as line_key
    from context_units
    where parent_unit_key <> '$country'
    union all
    select
        to_unit_key as unit_key,
        from_unit_key as line_key
    from context_successions

),

lines as (

    select
        unit_key,
        unit_key as line_key
    from (select unit_key from events union select unit_key from registrations) as concerned
    union
    select
        lines.unit_key,
        above_or_before.line_key
    from lines
    inner join above_or_before on above_or_before.unit_key = lines.line_key

),

pairs as (

    select
        events.submission_id,
        events.sheet,
        events.row_number,
        registrations.unit_key as registered_by,
        registrations.registered_date,
        registrations.arrival_number as registered,
        upward.line_key is not null or downward.line_key is not null as is_own
    from events
    inner join registrations
        on registrations.model_code = events.model_code and registrations.arrival_number <= events.arrival_number
    left join lines as upward
        on upward.unit_key = events.unit_key and upward.line_key = registrations.unit_key
    left join lines as downward
        on downward.unit_key = registrations.unit_key and downward.line_key = events.unit_key

),

registered as (

    select
        submission_id,
        sheet,
        row_number,
        bool_or(is_own) as is_own,
        arg_max(registered_by, registered) as registered_by,
        min(registered_date) filter (where is_own) as registered_date
    from pairs
    group by
        submission_id,
        sheet,
        row_number

),

judged as (

    select
        events.*,
        registered.registered_by,
        registered.registered_date,
        case
            when registered.is_own is null
                and (
                    events.event not in $soon
                    or events.received_date - events.event_date > $grace_days
                ) then 'model_not_registered'
            when not registered.is_own then 'model_of_other_unit'
            when events.event not in $before and events.event_date < registered.registered_date
                then 'event_before_registration'
        end as rule_code
    from events
    left join registered
        on registered.submission_id = events.submission_id
            and registered.sheet is not distinct from events.sheet
            and registered.row_number = events.row_number

)

select
    submission_id,
    sheet,
    row_number,
    case rule_code when 'event_before_registration' then 'event_date' else 'model_code' end as column_name,
    model_code as row_key,
    rule_code,
    case rule_code when 'event_before_registration' then strftime(event_date, '%d/%m/%Y') else model_code end as found,
    {'unit': registered_by, 'date': registered_date, 'record': model_code} as params
from judged
where rule_code is not null
