with

indicators as (

    select * from {{ ref('int_indicators') }}

),

panel_order as (

    select
        indicator_code,
        sort_order
    from {{ ref('panel_indicators') }}

),

members as (

    select * from {{ ref('indicator_group_members') }}

),

indicator_groups as (

    select * from {{ ref('indicator_groups') }}

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
    indicator_groups.group_code,
    indicator_groups.name_vi as group_name_vi,
    indicator_groups.name_en as group_name_en,
    indicator_groups.sort_order as group_order,
    coalesce(members.is_headline, true) as is_headline,
    indicators.source
from indicators
left join {{ ref('leading_figures') }} as leaders
    on leaders.indicator_code = indicators.reported_code
        and {{ as_of_date() }} between {{ span_of('leaders') }}
left join panel_order on panel_order.indicator_code = indicators.indicator_code
left join members on members.indicator_code = indicators.reported_code
left join indicator_groups
    on indicator_groups.group_code
        = coalesce(members.group_code, case when indicators.panel_code is null then 'KHAC' else 'PANEL' end)
order by is_panel, panel_order.sort_order, indicators.indicator_code
