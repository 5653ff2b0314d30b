with

activities as (

    select * from {{ ref('int_activities') }}

),

units as (

    select * from {{ ref('dim_units') }}

),

subjects as (

    select
        activities.unit_key,
        activities.activity_code,
        {{ named_unit_key('subjects') }} as subject_unit_key
    from activities
    {{ join_named_unit(
        'subjects', 'activities.subject_unit_code', 'coalesce(activities.activity_date, activities.planned_date)'
    ) }}
    where activities.subject_unit_code is not null

),

conclusions as (

    select
        came_of.activity_unit_key as unit_key,
        came_of.activity_code,
        count(*) as conclusion_count,
        count(case when items.status = 'closed' then 1 end) as closed_conclusion_count,
        count(case when items.status <> 'closed' and items.due_date < {{ as_of_date() }} then 1 end) as overdue_conclusion_count
    from {{ ref('int_commitment_activities') }} as came_of
    inner join {{ ref('int_commitments') }} as items
        on items.unit_key = came_of.unit_key and items.item_code = came_of.item_code
    where items.status <> 'cancelled'
    group by came_of.activity_unit_key, came_of.activity_code

),

documents as (

    select
        links.unit_key,
        links.record_code as activity_code,
        links.document_unit_key,
        documents.title as document_title
    from {{ ref('int_document_links') }} as links
    inner join {{ ref('int_documents') }} as documents
        on documents.unit_key = links.document_unit_key and documents.document_no = links.document_no
    where links.record_type = 'activity'

)

select
    activities.activity_code,
    activities.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    activities.unit_code,
    activities.period_code,
    periods.period_end_date,
    activities.activity_type,
    activities.planned_date,
    activities.activity_date,
    activities.level,
    activities.host_role,
    activities.participants,
    activities.topic_code,
    activities.conclusions,
    activities.subject_unit_code,
    subjects.subject_unit_key,
    subject_units.unit_name as subject_unit_name,
    activities.document_no,
    documents.document_unit_key,
    document_units.unit_name as document_unit_name,
    documents.document_title,
    activities.co_hosts,
    activities.note,
    activities.campaign_code,
    activities.planned_date is not null as is_planned,
    activities.activity_date is not null as is_held,
    activities.activity_date is null and activities.planned_date < {{ as_of_date() }} as is_overdue,
    cast({{ days_between('activities.planned_date', 'activities.activity_date') }} as bigint) as days_after_plan,
    coalesce(conclusions.conclusion_count, 0) as conclusion_count,
    coalesce(conclusions.closed_conclusion_count, 0) as closed_conclusion_count,
    coalesce(conclusions.overdue_conclusion_count, 0) as overdue_conclusion_count,
    activities.is_simulated,
    activities.submission_id,
    activities.sheet,
    activities.row_number
from activities
inner join units on units.unit_key = activities.unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = activities.period_code
left join subjects on subjects.unit_key = activities.unit_key and subjects.activity_code = activities.activity_code
left join units as subject_units on subject_units.unit_key = subjects.subject_unit_key
left join conclusions on conclusions.unit_key = activities.unit_key and conclusions.activity_code = activities.activity_code
left join documents on documents.unit_key = activities.unit_key and documents.activity_code = activities.activity_code
left join units as document_units on document_units.unit_key = documents.document_unit_key
order by activities.unit_key, activities.activity_code
