with

documents as (

    select
        reported.*,
        {{ is_to_disseminate('reported') }} as is_to_disseminate,
        reported.task_count > coalesce(reported.tasks_done, 0) as has_open_tasks
    from {{ ref('int_documents') }} as reported

),

units as (

    select * from {{ ref('dim_units') }}

),

chains as (

    select * from {{ ref('int_document_chains') }}

),

owners as (

    select
        documents.unit_key,
        documents.document_no,
        {{ named_unit_key('owners') }} as owner_unit_key
    from documents
    {{ join_named_unit('owners', 'documents.owner_unit_code', 'documents.document_date') }}
    where documents.owner_unit_code is not null

)

select
    documents.document_no,
    documents.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    documents.unit_code,
    documents.period_code,
    periods.period_end_date,
    documents.document_date,
    documents.issuing_body,
    documents.title,
    documents.received_date,
    documents.disseminated_date,
    documents.organisations_total,
    documents.organisations_done,
    documents.participants,
    documents.document_kind,
    documents.document_origin,
    documents.parent_document_no,
    chains.parent_unit_key as parent_document_unit_key,
    parent_units.unit_name as parent_document_unit_name,
    parents.title as parent_title,
    chains.chain_depth,
    chains.root_document_no,
    chains.root_unit_key as root_document_unit_key,
    root_units.unit_name as root_document_unit_name,
    chains.follow_up_count,
    chains.follow_up_unit_count,
    case
        when kinds.carries_out_another and documents.parent_document_no is null then 'parent_not_named'
        when documents.parent_document_no is null then 'no_parent'
        when chains.parent_unit_key is null then 'parent_not_sent'
        else 'linked'
    end as chain_status,
    case when kinds.calls_for_plan then chains.follow_up_count = 0 end as is_awaiting_plan,
    documents.owner_unit_code,
    owners.owner_unit_key,
    owner_units.unit_name as owner_unit_name,
    documents.task_count,
    documents.tasks_done,
    documents.due_date,
    case
        when documents.task_count > 0 then cast(documents.tasks_done as double) / documents.task_count
    end as tasks_done_ratio,
    coalesce(documents.has_open_tasks and documents.due_date < {{ as_of_date() }}, false) as is_overdue,
    documents.is_to_disseminate,
    documents.disseminated_date is not null as is_disseminated,
    cast({{ days_between('documents.document_date', 'documents.received_date') }} as bigint) as days_to_receive,
    cast({{ days_between('documents.document_date', 'documents.disseminated_date') }} as bigint) as days_to_disseminate,
    cast({{ days_between('documents.received_date', 'documents.disseminated_date') }} as bigint) as days_to_pass_on,
    case
        when documents.organisations_total > 0
            then cast(documents.organisations_done as double) / documents.organisations_total
    end as organisations_done_ratio,
    documents.is_simulated,
    documents.submission_id,
    documents.sheet,
    documents.row_number
from documents
inner join units on units.unit_key = documents.unit_key
inner join chains on chains.unit_key = documents.unit_key and chains.document_no = documents.document_no
left join {{ ref('int_periods') }} as periods on periods.period_code = documents.period_code
left join {{ ref('document_kinds') }} as kinds on kinds.code = documents.document_kind
left join {{ ref('int_documents') }} as parents
    on parents.unit_key = chains.parent_unit_key and parents.document_no = documents.parent_document_no
left join units as parent_units on parent_units.unit_key = chains.parent_unit_key
left join units as root_units on root_units.unit_key = chains.root_unit_key
left join owners on owners.unit_key = documents.unit_key and owners.document_no = documents.document_no
left join units as owner_units on owner_units.unit_key = owners.owner_unit_key
order by documents.unit_key, documents.document_no
