-- In each lens the country's total holds every record once: none is lost on the way up or carried over twice.
with

totals as (

    select
        'activities held' as what,
        lens,
        sum(held_count) as found
    from {{ ref('rpt_activities') }}
    where level = 'country' and activity_type = 'all'
    group by lens
    union all
    select
        'activities planned' as what,
        lens,
        sum(planned_count) as found
    from {{ ref('rpt_activities') }}
    where level = 'country' and activity_type = 'all'
    group by lens
    union all
    select
        'documents' as what,
        lens,
        sum(copy_count) as found
    from {{ ref('rpt_documents') }}
    where level = 'country' and document_no = 'all'
    group by lens
    union all
    select
        'items raised' as what,
        lens,
        sum(item_count) as found
    from {{ ref('rpt_commitments') }}
    where level = 'country' and role = 'raised_by' and source_type = 'all'
    group by lens
    union all
    select
        'items with an owner' as what,
        lens,
        sum(item_count) as found
    from {{ ref('rpt_commitments') }}
    where level = 'country' and role = 'responsible' and source_type = 'all'
    group by lens
    union all
    select
        'ratings by division' as what,
        lens,
        sum(rated_count) as found
    from {{ ref('rpt_ratings') }}
    where level = 'country' and division <> 'all' and reporting_level = 'all'
    group by lens

),

facts as (

    select
        'activities held' as what,
        count(*) as expected
    from {{ ref('fct_activities') }}
    where is_held
    union all
    select
        'activities planned' as what,
        count(*) as expected
    from {{ ref('fct_activities') }}
    where is_planned
    union all
    select
        'documents' as what,
        count(*) as expected
    from {{ ref('fct_documents') }}
    union all
    select
        'items raised' as what,
        count(*) as expected
    from {{ ref('fct_commitments') }}
    union all
    select
        'items with an owner' as what,
        count(responsible_unit_key) as expected
    from {{ ref('fct_commitments') }}
    union all
    select
        'ratings by division' as what,
        coalesce(sum(rated_count), 0) as expected
    from {{ ref('fct_ratings') }}
    where division is not null

)

select
    totals.what,
    totals.lens,
    totals.found,
    facts.expected
from totals
inner join facts on facts.what = totals.what
where totals.found <> facts.expected
