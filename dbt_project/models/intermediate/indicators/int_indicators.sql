with

own_indicators as (

    select
        indicator_code,
        indicator_name_vi,
        indicator_name_en,
        unit_vi,
        unit_en,
        numerator_vi,
        denominator_vi,
        direction,
        frequency,
        is_rate,
        aggregation,
        rollup,
        source,
        cast(null as {{ engine_type('varchar') }}) as panel_code
    from {{ ref('indicators') }}

),

panel_indicators as (

    select
        indicator_code,
        indicator_name_vi,
        indicator_name_en,
        unit_vi,
        unit_en,
        numerator_vi,
        denominator_vi,
        direction,
        frequency,
        is_rate,
        aggregation,
        rollup,
        source,
        panel_code
    from {{ ref('panel_indicators') }}

),

together as (

    select * from own_indicators
    union all
    select * from panel_indicators

)

select
    *,
    row_number() over (order by indicator_code) as indicator_number
from together
