with

indicators as (

    select * from {{ ref('int_indicators') }}

),

panel_order as (

    select
        indicator_code,
        sort_order
    from {{ ref('panel_indicators') }}

)

select
    indicators.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    indicators.unit_vi as unit,
    indicators.unit_en,
    indicators.numerator_vi,
    indicators.denominator_vi,
    indicators.direction,
    indicators.frequency,
    indicators.is_rate,
    indicators.aggregation,
    indicators.rollup,
    indicators.panel_code is not null as is_panel,
    indicators.panel_code,
    panel_order.sort_order,
    indicators.source_kind,
    indicators.counterpart_code,
    {{ is_leading('indicators', 'leaders') }} as is_leading,
    indicators.source
from indicators
left join {{ ref('leading_figures') }} as leaders
    on leaders.indicator_code = indicators.reported_code
        and {{ as_of_date() }} between {{ span_of('leaders') }}
left join panel_order on panel_order.indicator_code = indicators.indicator_code
order by is_panel, panel_order.sort_order, indicators.indicator_code
