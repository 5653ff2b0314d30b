-- An obligation that a unit has not met on time falls to the unit that is alive on the due day: an ended unit whose report
-- came on time leaves nothing to its heir. The report itself is always made in the name of the unit that was alive at the
-- period's end, even when another unit sends it, so that it counts once.
with

units as (

    select
        *,
        max(alive_to) over (partition by series_key) as series_alive_to
    from {{ ref('int_units') }}

),

-- A province that begins after the as-of day has no successor yet and is its own.
provinces as (

    select
        units.unit_key,
        units.series_key,
        units.province_code,
        coalesce(todays_units.province_code, units.province_code) as current_province_code
    from units
    left join {{ ref('int_single_successors') }} as successors on successors.unit_key = units.unit_key
    left join units as todays_units on todays_units.unit_key = successors.current_unit_key
    where units.level = 'province'

),

starts as (

    select * from {{ ref('int_obligation_starts') }}

),

duties as (

    select * from {{ ref('int_obligation_duties') }}
    where period_start_date <= {{ as_of_date() }}

),

units_taking_part as (

    select
        units.unit_key,
        units.level,
        units.reporting_level,
        units.province_unit_key,
        units.alive_from,
        units.alive_to,
        units.series_alive_to,
        starts.form,
        starts.start_date
    from units
    inner join provinces on provinces.unit_key = units.province_unit_key
    inner join starts on starts.province_series_key = provinces.series_key and starts.level = units.reporting_level

),

owed as (

    select
        units_taking_part.unit_key,
        units_taking_part.province_unit_key,
        duties.form,
        units_taking_part.level,
        duties.period_code,
        duties.period_type,
        duties.period_end_date,
        duties.due_date,
        -- A renamed unit is the same one, and passes nothing on.
        case when units_taking_part.series_alive_to < duties.due_date then units_taking_part.unit_key end as ended_unit_key
    from units_taking_part
    inner join duties
        on duties.form = units_taking_part.form
            and duties.level = units_taking_part.reporting_level
            and duties.period_end_date >= units_taking_part.start_date
            and duties.period_end_date between units_taking_part.alive_from and units_taking_part.alive_to

),

heirs as (

    select * from {{ ref('int_obligation_heirs') }}

),

attempts as (

    select
        form,
        unit_key,
        period_code,
        max(case when revision = 1 then submission_id end) as submission_id,
        max(case when revision = 1 then received_at end) as received_at,
        max(case when revision = 1 and is_simulated then 1 else 0 end) as simulated_count,
        sum(case when status = 'returned' then 1 else 0 end) as returned_count
    from {{ ref('int_submissions') }}
    group by form, unit_key, period_code

),

answered as (

    select
        coalesce(heirs.heir_unit_key, owed.unit_key) as unit_key,
        owed.form,
        owed.period_code,
        owed.period_type,
        owed.period_end_date,
        owed.level,
        coalesce(heirs.heir_province_unit_key, owed.province_unit_key) as province_unit_key,
        owed.due_date,
        attempts.submission_id,
        attempts.received_at,
        {{ local_date('attempts.received_at') }} as received_date,
        coalesce(attempts.simulated_count, 0) as simulated_count,
        coalesce(attempts.returned_count, 0) as returned_count,
        case when heirs.heir_unit_key is not null then owed.unit_key end as inherited_from_unit_key
    from owed
    left join attempts
        on attempts.unit_key = owed.unit_key
            and attempts.form = owed.form
            and attempts.period_code = owed.period_code
    left join heirs
        on heirs.unit_key = owed.ended_unit_key
            and owed.due_date between heirs.heir_alive_from and heirs.heir_alive_to
            and (attempts.received_at is null or {{ local_date('attempts.received_at') }} > owed.due_date)

),

judged as (

    select
        *,
        case
            when received_date <= due_date then 'on_time'
            when received_date > due_date then 'late'
            when due_date < {{ as_of_date() }} then 'missing'
            else 'not_yet_due'
        end as status
    from answered

)

select
    judged.*,
    answering_units.unit_name,
    provinces.province_code,
    provinces.current_province_code,
    -- A report that is missing is simulated where its province sends simulated ones.
    case
        when judged.submission_id is not null then judged.simulated_count > 0
        else max(judged.simulated_count) over (partition by provinces.current_province_code) > 0
    end as is_simulated
from judged
inner join provinces on provinces.unit_key = judged.province_unit_key
inner join units as answering_units on answering_units.unit_key = judged.unit_key
