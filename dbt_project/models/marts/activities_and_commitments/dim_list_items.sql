{% set lists = [
    'activity_types', 'award_kinds', 'award_levels', 'campaigns', 'document_kinds', 'host_roles', 'issue_categories', 'item_states',
    'model_levels', 'topics'
] -%}
with

list_items as (

    {% for list in lists -%}
        select
            '{{ list }}' as list_name,
            code,
            name_vi,
            name_en,
            sort_order,
            valid_from,
            valid_to,
            source
        from {{ ref(list) }}
        union all
    {% endfor -%}
    select
        'model_steps' as list_name,
        event as code,
        name_vi,
        name_en,
        sort_order,
        valid_from,
        valid_to,
        source
    from {{ ref('model_steps') }}

),

placed as (

    select
        *,
        row_number() over (
            partition by list_name, code
            order by coalesce(valid_to, date '9999-12-31') desc, coalesce(valid_from, date '1900-01-01') desc
        ) as place
    from list_items

)

-- The row that is in force, or was last, has the plain key; earlier rows of a code that was named anew have their first
-- day in it.
select
    case
        when place = 1 then concat(list_name, ':', code)
        else concat(list_name, ':', code, '@', coalesce(cast(valid_from as varchar), ''))
    end as list_item_key,
    list_name,
    code,
    name_vi,
    name_en,
    sort_order,
    valid_from,
    valid_to,
    source
from placed
order by list_name, sort_order, code
