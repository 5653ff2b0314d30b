-- What the children of a unit add up to, beside the total that the unit reported itself. Only where a report is the total of its
-- area: of the others the children are parts of the figure already. The country is made of provinces alone.
with

indicators as (

    select
        indicator_code,
        indicator_number
    from {{ ref('int_indicators') }}
    where aggregation = 'sum' and rollup = 'total_reported'

),

units as (

    select * from {{ ref('int_units') }}

),

todays_parents as (

    select
        children.unit_key,
        parents.unit_key as parent_unit_key,
        unchanged.unit_key is not null as is_unchanged
    from units as children
    inner join units as parents
        on parents.series_key = children.parent_series_key
            and parents.is_current
            and (parents.level <> 'country' or children.level = 'province')
    left join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = children.unit_key
    where children.is_current

),

children as (

    select
        {{ lens_number('as_reported') }} as lens_number,
        parents.parent_unit_key,
        figures.indicator_code,
        figures.period_code,
        figures.numerator,
        figures.denominator,
        figures.counted_value
    from {{ ref('int_series_as_reported') }} as figures
    inner join {{ ref('int_unit_parents') }} as parents
        on parents.unit_key = figures.unit_key
            and parents.epoch_start_date = figures.epoch_start_date
            and (parents.parent_level <> 'country' or parents.level = 'province')
    {% for lens, condition in [('current_boundaries', 'true'), ('unchanged_units', 'parents.is_unchanged')] %}
        union all
        select
            {{ lens_number(lens) }} as lens_number,
            parents.parent_unit_key,
            figures.indicator_code,
            figures.period_code,
            figures.numerator,
            figures.denominator,
            figures.counted_value
        from {{ ref('int_series_current_boundaries') }} as figures
        inner join todays_parents as parents
            on parents.unit_key = figures.unit_key and {{ condition }}
    {% endfor %}

),

added_up as (

    select
        children.lens_number,
        children.parent_unit_key as unit_key,
        children.indicator_code,
        children.period_code,
        {{ in_nine_decimals('sum(children.numerator)') }} as numerator,
        {{ in_nine_decimals('sum(children.denominator)') }} as denominator,
        {{ in_nine_decimals('sum(children.counted_value)') }} as counted_value
    from children
    inner join indicators on indicators.indicator_code = children.indicator_code
    group by children.lens_number, children.parent_unit_key, children.indicator_code, children.period_code
    -- The units of provinces that a build leaves out are not there; what they add up to comes from the release before.
    union all
    select * from {{ ref('stg_base__province_parts') }}

)

select
    added_up.*,
    units.unit_number,
    indicators.indicator_number,
    periods.period_type_number,
    periods.period_number
from added_up
inner join indicators on indicators.indicator_code = added_up.indicator_code
inner join units on units.unit_key = added_up.unit_key
inner join {{ ref('int_periods') }} as periods on periods.period_code = added_up.period_code
