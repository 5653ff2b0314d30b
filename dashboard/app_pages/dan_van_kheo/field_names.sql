-- One row per field code: its names and place in the order.
select
    fields.field_code,
    min(fields.field_name_vi) as field_name_vi,
    min(fields.field_name_en) as field_name_en,
    min(fields.sort_order) as sort_order
from marts.dim_model_fields as fields
group by fields.field_code
order by sort_order, fields.field_code
