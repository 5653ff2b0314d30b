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
        when fields.place = 1 then fields.field_code
        else concat(fields.field_code, ':', fields.scope_unit_key, ':', coalesce(cast(fields.valid_from as varchar), ''))
    end as field_key,
    fields.field_code,
    fields.field_name_vi,
    fields.field_name_en,
    fields.scope_unit_key,
    units.unit_name as scope_unit_name,
    fields.valid_from,
    fields.valid_to,
    fields.sort_order,
    fields.source
from fields
inner join {{ ref('int_units') }} as units on units.unit_key = fields.scope_unit_key
order by fields.sort_order, fields.field_code
