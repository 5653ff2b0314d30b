-- What a group of units comes to: the sums of its units' numerators and denominators, or of their counts. What cannot be added up
-- (scores, indices of panels) has no value of a group.
with

groups_of_units as (

    select * from {{ ref('dim_unit_groups') }}

),

-- On today's boundaries a unit has the groups of today in every period, as it has the boundaries.
members as (

    select
        'as_reported' as lens,
        unit_key,
        level,
        scope_unit_key,
        scope_unit_name,
        group_type,
        group_code,
        coalesce(valid_from, date '1900-01-01') as member_from,
        coalesce(valid_to, date '9999-12-31') as member_to
    from groups_of_units
    union all
    select
        'current_boundaries' as lens,
        unit_key,
        level,
        scope_unit_key,
        scope_unit_name,
        group_type,
        group_code,
        date '1900-01-01' as member_from,
        date '9999-12-31' as member_to
    from groups_of_units
    where is_current

),

group_names as (

    select * from {{ ref('unit_group_names') }}

),

figures as (

    select
        series.lens,
        series.unit_key,
        series.indicator_code,
        series.period_code,
        series.period_type,
        series.period_end_date,
        series.is_rate,
        series.numerator,
        series.denominator,
        case when not series.is_rate then series.value end as counted_value,
        series.reporting_units,
        series.expected_units,
        series.is_estimated,
        series.is_simulated
    from {{ ref('rpt_indicator_series') }} as series
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = series.indicator_code
    where indicators.aggregation = 'sum'
        and series.level in ('province', 'commune')
        and series.lens in ('as_reported', 'current_boundaries')

),

added_up as (

    select
        members.lens,
        members.scope_unit_key,
        members.scope_unit_name,
        members.level,
        members.group_type,
        members.group_code,
        figures.indicator_code,
        figures.period_code,
        figures.period_type,
        figures.period_end_date,
        figures.is_rate,
        {{ in_nine_decimals('sum(figures.numerator)') }} as numerator,
        {{ in_nine_decimals('sum(figures.denominator)') }} as denominator,
        {{ in_nine_decimals('sum(figures.counted_value)') }} as counted_value,
        count(*) as figure_units,
        sum(figures.reporting_units) as reporting_units,
        sum(figures.expected_units) as expected_units,
        bool_or(figures.is_estimated) as is_estimated,
        bool_or(figures.is_simulated) as is_simulated
    from figures
    inner join members
        on members.unit_key = figures.unit_key
            and members.lens = figures.lens
            and figures.period_end_date between members.member_from and members.member_to
    group by
        members.lens, members.scope_unit_key, members.scope_unit_name, members.level, members.group_type, members.group_code,
        figures.indicator_code, figures.period_code, figures.period_type, figures.period_end_date, figures.is_rate

),

period_ends as (

    select distinct
        lens,
        period_end_date
    from added_up

),

group_sizes as (

    select
        members.lens,
        members.scope_unit_key,
        members.group_type,
        members.group_code,
        period_ends.period_end_date,
        count(*) as group_units
    from members
    inner join period_ends
        on period_ends.lens = members.lens
            and period_ends.period_end_date between members.member_from and members.member_to
    group by
        members.lens, members.scope_unit_key, members.group_type, members.group_code, period_ends.period_end_date

)

select
    added_up.lens,
    added_up.scope_unit_key,
    added_up.scope_unit_name,
    added_up.level,
    added_up.group_type,
    added_up.group_code,
    group_names.group_name_vi,
    group_names.group_name_en,
    added_up.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    added_up.period_code,
    added_up.period_type,
    added_up.period_end_date,
    added_up.is_rate,
    added_up.numerator,
    added_up.denominator,
    case
        when added_up.is_rate then {{ percentage('added_up.numerator', 'added_up.denominator') }}
        else added_up.counted_value
    end as value,
    {{ wilson_limit('added_up.numerator', 'added_up.denominator', '-') }} as value_low,
    {{ wilson_limit('added_up.numerator', 'added_up.denominator', '+') }} as value_high,
    cast(group_sizes.group_units as bigint) as group_units,
    cast(added_up.figure_units as bigint) as figure_units,
    cast(added_up.reporting_units as bigint) as reporting_units,
    cast(added_up.expected_units as bigint) as expected_units,
    added_up.is_estimated,
    added_up.is_simulated
from added_up
inner join {{ ref('dim_indicators') }} as indicators on indicators.indicator_code = added_up.indicator_code
inner join group_names
    on group_names.group_type = added_up.group_type
        and group_names.group_code = added_up.group_code
inner join group_sizes
    on group_sizes.lens = added_up.lens
        and group_sizes.scope_unit_key = added_up.scope_unit_key
        and group_sizes.group_type = added_up.group_type
        and group_sizes.group_code = added_up.group_code
        and group_sizes.period_end_date = added_up.period_end_date
order by
    added_up.lens, added_up.scope_unit_key, added_up.group_type, added_up.group_code, added_up.indicator_code,
    added_up.period_end_date, added_up.period_code
