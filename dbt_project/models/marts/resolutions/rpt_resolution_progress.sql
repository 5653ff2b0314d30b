{% set is_adopted %}coalesce(holders.adopted_from <= coalesce(figures.period_end_date, {{ as_of_date() }}), false){% endset %}
-- What was reached is held against the resolution's own target, whatever other target binds the unit. An inherited target gives a
-- difference and no verdict until the heir has adopted it.
with

holders as (

    select * from {{ ref('int_resolution_holders') }}

),

series as (

    select * from {{ ref('rpt_indicator_series') }}
    where lens = 'as_reported'
        and value is not null
        and indicator_code in (select measured.indicator_code from holders as measured)

),

own_figures as (

    select
        holders.resolution_no,
        holders.task_code,
        series.unit_key,
        series.period_code,
        series.period_end_date,
        series.numerator,
        series.denominator,
        series.value,
        series.value_low,
        series.value_high,
        series.previous_value,
        series.counterpart_code,
        counterparts.value as counterpart_value,
        cast(null as bigint) as judged_unit_count,
        cast(null as bigint) as met_unit_count,
        series.is_simulated
    from holders
    inner join series
        on series.unit_key = holders.unit_key
            and series.indicator_code = holders.indicator_code
            and series.period_end_date between holders.first_day and coalesce(holders.due_date, date '9999-12-31')
    left join {{ ref('rpt_indicator_series') }} as counterparts
        on counterparts.lens = 'as_reported'
            and counterparts.unit_key = series.unit_key
            and counterparts.period_code = series.period_code
            and counterparts.indicator_code = series.counterpart_code
    where not holders.is_counted_in_units

),

-- A target for the units of one level is reached by so many of them; their values do not add up.
units_of_level as (

    select
        holders.resolution_no,
        holders.task_code,
        holders.unit_key,
        series.period_code,
        series.period_end_date,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(null as double) as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as double) as previous_value,
        cast(null as varchar) as counterpart_code,
        cast(null as double) as counterpart_value,
        count(*) as judged_unit_count,
        cast(sum(
            case
                when {{ is_on_good_side('series.value', 'holders.operator', 'holders.target_value', 'series.previous_value') }}
                    then 1
                else 0
            end
        ) as bigint) as met_unit_count,
        max(series.is_simulated) as is_simulated
    from holders
    inner join {{ ref('int_unit_ancestors') }} as ancestors on ancestors.ancestor_series_key = holders.series_key
    inner join series
        on series.unit_key = ancestors.unit_key
            and series.level = holders.level
            and series.indicator_code = holders.indicator_code
            and series.period_end_date between holders.first_day and coalesce(holders.due_date, date '9999-12-31')
    where holders.is_counted_in_units
    group by holders.resolution_no, holders.task_code, holders.unit_key, series.period_code, series.period_end_date

),

figures as (

    select * from own_figures
    union all
    select * from units_of_level

)

-- A task of which a unit of today has no figure has a row all the same.
select
    holders.resolution_no,
    resolutions.title_vi,
    resolutions.title_en,
    tasks.group_no,
    tasks.group_name_vi,
    tasks.group_name_en,
    holders.task_code,
    tasks.task_name_vi,
    tasks.task_name_en,
    holders.indicator_code,
    indicators.indicator_name_vi,
    indicators.indicator_name_en,
    indicators.unit,
    indicators.unit_en,
    indicators.is_rate,
    indicators.source_kind,
    holders.level as bound_level,
    holders.unit_key,
    units.unit_name,
    holders.series_key,
    units.province_code,
    units.current_province_code,
    resolutions.scope_unit_key,
    resolutions.scope_unit_name,
    holders.is_inherited,
    {{ is_adopted }} as is_adopted,
    holders.adopted_from,
    figures.period_code,
    figures.period_end_date,
    holders.operator as target_operator,
    holders.target_value,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.value_low,
    figures.value_high,
    case
        when holders.is_inherited and not {{ is_adopted }} then 'no_target'
        else {{ verdict(
            'figures.value', 'figures.value_low', 'figures.value_high', 'indicators.is_rate', 'holders.operator',
            'holders.target_value', 'figures.previous_value'
        ) }}
    end as verdict,
    figures.value - case when holders.operator = '>prev' then figures.previous_value else holders.target_value end as difference,
    figures.judged_unit_count,
    figures.met_unit_count,
    figures.counterpart_code,
    figures.counterpart_value,
    responsible.unit_key as responsible_unit_key,
    responsible.unit_name as responsible_unit_name,
    holders.due_date,
    {{ days_between(as_of_date(), 'holders.due_date') }} as days_left,
    row_number() over (
        partition by holders.resolution_no, holders.task_code, holders.unit_key
        order by
            figures.period_end_date desc nulls last,
            periods.period_start_date asc nulls last,
            figures.period_code asc nulls last
    ) = 1 as is_latest,
    tasks.is_simulated or coalesce(holders.is_adoption_simulated, false) as is_target_simulated,
    coalesce(figures.is_simulated, false) as is_simulated
from holders
inner join {{ ref('dim_resolution_tasks') }} as tasks
    on tasks.resolution_no = holders.resolution_no
        and tasks.task_code = holders.task_code
inner join {{ ref('dim_resolutions') }} as resolutions on resolutions.resolution_no = holders.resolution_no
inner join {{ ref('dim_units') }} as units on units.unit_key = holders.unit_key
left join figures
    on figures.resolution_no = holders.resolution_no
        and figures.task_code = holders.task_code
        and figures.unit_key = holders.unit_key
left join {{ ref('dim_periods') }} as periods on periods.period_code = figures.period_code
left join {{ ref('dim_indicators') }} as indicators on indicators.indicator_code = holders.indicator_code
left join {{ ref('dim_units') }} as setters on setters.unit_key = tasks.responsible_unit_key
left join {{ ref('dim_units') }} as responsible
    on responsible.unit_key
        = case when holders.is_inherited then coalesce(setters.current_unit_key, setters.unit_key) else setters.unit_key end
where figures.period_code is not null or holders.is_current
order by
    holders.resolution_no, tasks.group_no, holders.task_code, holders.unit_key, figures.period_end_date, figures.period_code
