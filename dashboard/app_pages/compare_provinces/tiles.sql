-- One row per tile of the map: the 34 provinces, Hoàng Sa and Trường Sa.
select
    tiles.province_code,
    tiles.tile_row,
    tiles.tile_column,
    tiles.label,
    tiles.unit_key,
    tiles.unit_name
from marts.dim_province_tiles as tiles
order by tiles.tile_row, tiles.tile_column
