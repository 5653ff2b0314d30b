-- An area's total below what the units under it reported. It may hold more than its units, since its own desk has cases too, and
-- units may be silent; it cannot hold less. Asked once a run.
with

figures as (

    select * from {{ ref('int_plausibility_figures') }}

),

indicators as (

    select * from {{ ref('int_indicators') }}
    where aggregation = 'sum'

),

totals as (

    select
        figures.*,
        periods.epoch_start_date,
        units.unit_key
    from figures
    inner join {{ ref('int_units') }} as units on units.unit_number = figures.unit_number
    inner join indicators on indicators.indicator_number = figures.indicator_number
    inner join {{ ref('int_periods') }} as periods
        on periods.period_type_number = figures.period_type_number and periods.period_number = figures.period_number
    where units.rollup_level in ('holder', 'district', 'province') and indicators.rollup = 'total_reported'

),

units_below as (

    select
        totals.unit_number,
        totals.indicator_number,
        totals.period_type_number,
        totals.period_number,
        count(*) as unit_count,
        sum(figures.numerator) as numerator,
        sum(figures.denominator) as denominator,
        sum(figures.value) as value
    from totals
    inner join {{ ref('int_unit_parents') }} as parents
        on parents.parent_unit_key = totals.unit_key and parents.epoch_start_date = totals.epoch_start_date
    inner join {{ ref('int_units') }} as units on units.unit_key = parents.unit_key
    inner join figures
        on figures.unit_number = units.unit_number
            and figures.indicator_number = totals.indicator_number
            and figures.period_type_number = totals.period_type_number
            and figures.period_number = totals.period_number
    group by totals.unit_number, totals.indicator_number, totals.period_type_number, totals.period_number

),

below_the_units as (

    select
        'total_below_units' as rule_code,
        totals.*,
        cast(null as {{ engine_type('varchar') }}) as first_period_code,
        units_below.unit_count as figure_count,
        units_below.numerator as other_numerator,
        units_below.denominator as other_denominator,
        units_below.value as other_value,
        {{ plausibility_limit('total_below_units', 'least_difference') }} as least_difference,
        {{ plausibility_limit('total_below_units', 'least_ratio') }} as least_ratio
    from totals
    inner join units_below
        on units_below.unit_number = totals.unit_number
            and units_below.indicator_number = totals.indicator_number
            and units_below.period_type_number = totals.period_type_number
            and units_below.period_number = totals.period_number

),

questions as (

    {{ widest_part('below_the_units', '{other} - {found}') }}

)

{{ widest_at_ends_of_runs('questions') }}
