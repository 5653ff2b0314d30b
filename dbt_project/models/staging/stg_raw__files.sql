with

source as (

    select * from {{ source('raw', 'files') }}

),

renamed as (

    select
        file_sha256,
        file_name,
        received_at,
        size_bytes,
        source_kind,
        is_simulated,
        outcome,
        parser_version
    from source

)

select * from renamed
