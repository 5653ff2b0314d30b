{% set lists = [
    'activity_types', 'award_kinds', 'award_levels', 'host_roles', 'issue_categories', 'item_states', 'model_levels', 'topics'
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

)

select * from list_items
order by list_name, sort_order, code
