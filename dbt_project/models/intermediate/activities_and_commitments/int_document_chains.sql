-- A chain is followed over four documents: resolution, directive, plan, programme. A parent is never younger than what it led to,
-- so that a longer chain or a circle, which only mistyped numbers make, ends there too.
{% set longest_chain = 4 %}
with

documents as (

    select
        documents.*,
        units.province_unit_key,
        coalesce(documents.document_origin, 'received') = 'received' as is_received
    from {{ ref('int_documents') }} as documents
    inner join {{ ref('int_units') }} as units on units.unit_key = documents.unit_key

),

links as (

    select
        unit_key,
        record_code as document_no,
        document_unit_key as parent_unit_key,
        document_no as parent_document_no
    from {{ ref('int_document_links') }}
    where record_type = 'document'

),

-- A plan that a unit received from above is no work of its own.
follow_ups as (

    select
        links.unit_key,
        parents.unit_key as parent_unit_key,
        parents.document_no as parent_document_no,
        parents.document_date as parent_document_date,
        parents.is_received as is_parent_received,
        parents.province_unit_key
    from links
    inner join documents as made
        on made.unit_key = links.unit_key and made.document_no = links.document_no and not made.is_received
    inner join documents as parents
        on parents.unit_key = links.parent_unit_key and parents.document_no = links.parent_document_no

),

-- A document that a unit issued was carried out by whoever made a document of it, or of a copy received in the same province.
made_of_each as (

    select
        parent_unit_key as unit_key,
        parent_document_no as document_no,
        unit_key as follow_up_unit_key
    from follow_ups
    union all
    select
        issued.unit_key,
        issued.document_no,
        follow_ups.unit_key as follow_up_unit_key
    from follow_ups
    inner join documents as issued
        on issued.province_unit_key = follow_ups.province_unit_key
            and issued.document_no = follow_ups.parent_document_no
            and issued.document_date = follow_ups.parent_document_date
            and not issued.is_received
    where follow_ups.is_parent_received

),

counted as (

    select
        unit_key,
        document_no,
        count(*) as follow_up_count,
        count(distinct follow_up_unit_key) as follow_up_unit_count
    from made_of_each
    group by unit_key, document_no

)

select
    documents.unit_key,
    documents.document_no,
    links_1.parent_unit_key,
    case
        {% for step in range(longest_chain, 0, -1) -%}
            when links_{{ step }}.unit_key is not null then {{ step }}
        {% endfor -%}
        else 0
    end as chain_depth,
    coalesce(
        {% for step in range(longest_chain, 0, -1) -%}
            links_{{ step }}.parent_unit_key,
        {% endfor -%}
        documents.unit_key
    ) as root_unit_key,
    coalesce(
        {% for step in range(longest_chain, 0, -1) -%}
            links_{{ step }}.parent_document_no,
        {% endfor -%}
        documents.document_no
    ) as root_document_no,
    coalesce(counted.follow_up_count, 0) as follow_up_count,
    coalesce(counted.follow_up_unit_count, 0) as follow_up_unit_count
from documents
left join links as links_1 on links_1.unit_key = documents.unit_key and links_1.document_no = documents.document_no
{% for step in range(2, longest_chain + 1) -%}
    left join links as links_{{ step }}
        on links_{{ step }}.unit_key = links_{{ step - 1 }}.parent_unit_key
            and links_{{ step }}.document_no = links_{{ step - 1 }}.parent_document_no
{% endfor -%}
left join counted on counted.unit_key = documents.unit_key and counted.document_no = documents.document_no
