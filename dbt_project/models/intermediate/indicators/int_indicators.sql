-- Of a pair that is both reported and counted, reported_code is the reported one; its targets hold for both.
with

own_indicators as (

    select
        indicators.indicator_code,
        indicators.indicator_name_vi,
        indicators.indicator_name_en,
        indicators.unit_vi,
        indicators.unit_en,
        indicators.numerator_vi,
        indicators.denominator_vi,
        indicators.direction,
        indicators.frequency,
        indicators.is_rate,
        indicators.aggregation,
        indicators.rollup,
        indicators.source,
        cast(null as {{ engine_type('varchar') }}) as panel_code,
        'reported' as source_kind,
        recorded.indicator_code as counterpart_code,
        indicators.indicator_code as reported_code
    from {{ ref('indicators') }} as indicators
    left join {{ ref('recorded_indicators') }} as recorded on recorded.counterpart_code = indicators.indicator_code

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
        panel_code,
        'panel' as source_kind,
        cast(null as {{ engine_type('varchar') }}) as counterpart_code,
        indicator_code as reported_code
    from {{ ref('panel_indicators') }}

),

recorded_indicators as (

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
        cast(null as {{ engine_type('varchar') }}) as panel_code,
        'recorded' as source_kind,
        counterpart_code,
        coalesce(counterpart_code, indicator_code) as reported_code
    from {{ ref('recorded_indicators') }}

),

together as (

    select * from own_indicators
    union all
    select * from panel_indicators
    union all
    select * from recorded_indicators

)

select
    *,
    row_number() over (order by indicator_code) as indicator_number
from together
