with

tiles as (

    select * from {{ ref('province_tiles') }}

),

provinces as (

    select * from {{ ref('int_units') }}
    where level = 'province' and is_current

)

select
    tiles.unit_code as province_code,
    tiles.unit_code as current_province_code,
    tiles.tile_row,
    tiles.tile_column,
    tiles.label,
    provinces.unit_key,
    provinces.unit_name,
    tiles.source
from tiles
inner join provinces on provinces.unit_code = tiles.unit_code
order by tiles.tile_row, tiles.tile_column
