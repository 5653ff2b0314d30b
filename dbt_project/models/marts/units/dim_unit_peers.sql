{{ config(materialized='view') }}
-- The view reads published tables alone and names no database, so that a release takes it over unchanged.
with

members as (

    select * from {{ ref('dim_unit_groups').include(database=false) }}
    where is_current

)

select
    members.unit_key,
    members.unit_name,
    members.level,
    members.group_type,
    members.group_code,
    members.group_name_vi,
    members.group_name_en,
    peers.unit_key as peer_unit_key,
    peers.unit_name as peer_unit_name
from members
inner join members as peers
    on peers.group_type = members.group_type
        and peers.group_code = members.group_code
        and peers.scope_unit_key = members.scope_unit_key
        and peers.unit_key <> members.unit_key
