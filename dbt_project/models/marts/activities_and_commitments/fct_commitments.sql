with

commitments as (

    select
        *,
        status in ('open', 'in_progress') as is_open,
        case when status in ('open', 'in_progress') then {{ as_of_date() }} else closed_date end as counted_to_date
    from {{ ref('int_commitments') }}

),

owners as (

    select * from {{ ref('int_commitment_owners') }}

),

units as (

    select * from {{ ref('dim_units') }}

)

select
    commitments.item_code,
    commitments.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    commitments.unit_code,
    commitments.period_code,
    periods.period_end_date,
    commitments.source_type,
    commitments.source_date,
    commitments.category,
    commitments.statement,
    commitments.cause,
    commitments.remedy,
    commitments.responsible_unit_code,
    owners.responsible_unit_key,
    owner_units.unit_name as responsible_unit_name,
    commitments.due_date,
    commitments.status,
    commitments.closed_date,
    commitments.activity_code,
    came_of.activity_unit_key,
    activity_units.unit_name as activity_unit_name,
    commitments.is_open,
    case
        when not commitments.is_open then false
        else commitments.due_date < {{ as_of_date() }}
    end as is_overdue,
    case
        when commitments.counted_to_date <= commitments.due_date then 0
        else cast({{ days_between('commitments.due_date', 'commitments.counted_to_date') }} as bigint)
    end as days_overdue,
    -- Raised after the as-of day, when that day is set back: open since that very day.
    case
        when commitments.counted_to_date <= commitments.source_date then 0
        else cast({{ days_between('commitments.source_date', 'commitments.counted_to_date') }} as bigint)
    end as days_open,
    commitments.is_simulated,
    commitments.submission_id,
    commitments.sheet,
    commitments.row_number
from commitments
inner join units on units.unit_key = commitments.unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = commitments.period_code
left join owners
    on owners.unit_key = commitments.unit_key and owners.item_code = commitments.item_code
left join units as owner_units on owner_units.unit_key = owners.responsible_unit_key
left join {{ ref('int_commitment_activities') }} as came_of
    on came_of.unit_key = commitments.unit_key and came_of.item_code = commitments.item_code
left join units as activity_units on activity_units.unit_key = came_of.activity_unit_key
order by commitments.unit_key, commitments.item_code
