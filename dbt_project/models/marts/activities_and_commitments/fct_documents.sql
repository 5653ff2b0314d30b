with

documents as (

    select * from {{ ref('int_documents') }}

),

units as (

    select * from {{ ref('dim_units') }}

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
    documents.disseminated_date is not null as is_disseminated,
    cast({{ days_between('documents.document_date', 'documents.received_date') }} as bigint) as days_to_receive,
    cast({{ days_between('documents.document_date', 'documents.disseminated_date') }} as bigint) as days_to_disseminate,
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
left join {{ ref('int_periods') }} as periods on periods.period_code = documents.period_code
order by documents.unit_key, documents.document_no
