-- Figures of units, reported or counted, added up level by level. A unit that answered "not applicable" leaves both the units
-- expected and those that report: its answer is a row that has no figure, expects nobody and takes itself off what its parent
-- expects.
with

indicator_values as (

    select * from {{ ref('int_values_in_force') }}

),

units as (

    select * from {{ ref('int_units') }}

),

indicators as (

    select * from {{ ref('int_indicators') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

duties as (

    select * from {{ ref('int_indicator_duties') }}

),

parents as (

    select * from {{ ref('int_unit_parents') }}

),

owing as (

    select * from {{ ref('int_units_owing') }}

),

populations as (

    select * from {{ ref('int_populations') }}

),

-- In a build of some provinces alone the totals of the others come from the release before; in a whole build there are none.
base_rows as (

    select
        base.unit_key,
        'province' as level,
        base.indicator_code,
        base.period_code,
        periods.epoch_start_date,
        indicators.aggregation,
        indicators.rollup,
        base.numerator,
        base.denominator,
        base.counted_value,
        base.mean_value,
        base.reporting_units,
        base.expected_units,
        base.owing_when_silent,
        base.report_kinds,
        base.is_simulated,
        base.is_estimated
    from {{ ref('stg_base__province_totals') }} as base
    inner join indicators on indicators.indicator_code = base.indicator_code
    inner join periods on periods.period_code = base.period_code

),

own_rows as (

    select
        indicator_values.unit_key,
        units.level,
        units.rollup_level,
        indicator_values.indicator_code,
        indicator_values.period_code,
        periods.epoch_start_date,
        indicators.aggregation,
        indicators.rollup,
        indicator_values.numerator,
        indicator_values.denominator,
        case when not indicators.is_rate and indicators.aggregation <> 'weighted_mean'
                then indicator_values.value
        end as counted_value,
        case when indicators.aggregation = 'weighted_mean' then indicator_values.value end as mean_value,
        case when indicator_values.is_not_applicable then 0 else 1 end as reporting_units,
        case when indicator_values.is_not_applicable then 0 else 1 end as expected_units,
        case when duties.level is not null then 1 else 0 end as owing_when_silent,
        {{ report_kind('units.level', 'units.rollup_level', 'indicators.rollup') }} as report_kinds,
        indicator_values.is_not_applicable,
        indicator_values.is_simulated and not indicator_values.is_not_applicable as is_simulated,
        false as is_estimated
    from indicator_values
    inner join units on units.unit_key = indicator_values.unit_key
    inner join indicators on indicators.indicator_code = indicator_values.indicator_code
    inner join periods on periods.period_code = indicator_values.period_code
    left join duties
        on duties.indicator_code = indicator_values.indicator_code
            and duties.level = units.reporting_level
            and periods.period_end_date between duties.valid_from and duties.valid_to
    -- What is counted is counted in the whole country; of provinces that a build leaves out the totals are there already.
    left join {{ ref('stg_base__provinces') }} as base_provinces
        on base_provinces.unit_key = units.province_unit_key
    where base_provinces.unit_key is null

),

-- Units without parts.
leaf_rows as (

    select * from own_rows
    where rollup_level in ('commune', 'body', 'part')

),
{{ rollup_level('holder', ['leaf']) }}
{{ rollup_level('district', ['leaf', 'holder']) }}
{{ rollup_level('province', ['district', 'leaf', 'holder']) }}
{{ rollup_level('country', ['province', 'base']) }}
all_rows as (

    {% for level in ['leaf', 'holder', 'district', 'province', 'base', 'country'] %}
        select
            unit_key,
            level,
            indicator_code,
            period_code,
            epoch_start_date,
            aggregation,
            rollup,
            numerator,
            denominator,
            counted_value,
            mean_value,
            reporting_units,
            expected_units,
            owing_when_silent,
            report_kinds,
            is_simulated,
            is_estimated
        from {{ level }}_rows
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from all_rows
