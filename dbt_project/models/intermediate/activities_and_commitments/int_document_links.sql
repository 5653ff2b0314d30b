-- The document that a record names by its number: the unit's own copy, then that of the nearest unit above it, then the one that
-- a unit of the same province issued itself. Copies of other units are many and do not count.
{% set other_unit_of_province = 9 %}
with

documents as (

    select
        documents.*,
        units.province_unit_key
    from {{ ref('int_documents') }} as documents
    inner join {{ ref('int_units') }} as units on units.unit_key = documents.unit_key

),

named as (

    select
        'document' as record_type,
        unit_key,
        document_no as record_code,
        province_unit_key,
        parent_document_no as named_document_no,
        document_date as named_on
    from documents
    where parent_document_no is not null
    union all
    select
        'activity' as record_type,
        activities.unit_key,
        activities.activity_code as record_code,
        units.province_unit_key,
        activities.document_no as named_document_no,
        coalesce(activities.activity_date, activities.planned_date) as named_on
    from {{ ref('int_activities') }} as activities
    inner join {{ ref('int_units') }} as units on units.unit_key = activities.unit_key
    where activities.document_no is not null

),

candidates as (

    select
        named.record_type,
        named.unit_key,
        named.record_code,
        documents.unit_key as document_unit_key,
        documents.document_no,
        ancestors.distance
    from named
    inner join {{ ref('int_unit_ancestors') }} as ancestors on ancestors.unit_key = named.unit_key
    inner join documents
        on documents.series_key = ancestors.ancestor_series_key
            and documents.document_no = named.named_document_no
            and documents.document_date <= named.named_on
    union all
    select
        named.record_type,
        named.unit_key,
        named.record_code,
        documents.unit_key as document_unit_key,
        documents.document_no,
        {{ other_unit_of_province }} as distance
    from named
    inner join documents
        on documents.province_unit_key = named.province_unit_key
            and documents.document_no = named.named_document_no
            and documents.document_date <= named.named_on
            and documents.document_origin = 'own'
            and documents.unit_key <> named.unit_key

),

placed as (

    select
        *,
        min(distance) over (partition by record_type, unit_key, record_code) as nearest,
        count(*) over (partition by record_type, unit_key, record_code, distance) as candidate_count
    from candidates

)

select
    record_type,
    unit_key,
    record_code,
    document_unit_key,
    document_no
from placed
where distance = nearest and candidate_count = 1
