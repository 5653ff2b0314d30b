-- One row of each field has the plain code as its key: the country's, else the newest. Rows of other guidances have their scope
-- and first day in it.
with

fields as (

    select
        *,
        row_number() over (
            partition by field_code
            order by
                case when scope_unit_key = 'VN@0' then 0 else 1 end,
                coalesce(valid_to, date '9999-12-31') desc,
                coalesce(valid_from, date '1900-01-01') desc,
                scope_unit_key
        ) as place
    from {{ ref('fields') }}

)

select
    case
        when place = 1 then field_code
        else concat(field_code, ':', scope_unit_key, ':', coalesce(cast(valid_from as varchar), ''))
    end as field_key,
    field_code,
    field_name_vi,
    field_name_en,
    scope_unit_key,
    valid_from,
    valid_to,
    sort_order,
    source
from fields
order by sort_order, field_code
