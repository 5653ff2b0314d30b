-- A total that is not the sum of its components, by its numerator, its denominator or its count. Asked once a run.
with

figures as (

    select * from {{ ref('int_plausibility_figures') }}

),

indicators as (

    select * from {{ ref('int_indicators') }}
    where aggregation = 'sum'

),

seed as (

    select
        wholes.indicator_number as whole_indicator_number,
        components.indicator_number as component_indicator_number,
        count(*) over (partition by wholes.indicator_number) as component_count
    from {{ ref('indicator_components') }} as seed
    inner join indicators as wholes on wholes.indicator_code = seed.whole_indicator_code
    inner join indicators as components on components.indicator_code = seed.component_indicator_code

),

components as (

    select
        seed.whole_indicator_number,
        seed.component_count,
        figures.unit_number,
        figures.period_type_number,
        figures.period_number,
        sum(figures.numerator) as numerator,
        sum(figures.denominator) as denominator,
        sum(figures.value) as value
    from figures
    inner join seed on seed.component_indicator_number = figures.indicator_number
    group by
        seed.whole_indicator_number, seed.component_count, figures.unit_number, figures.period_type_number, figures.period_number
    having count(coalesce(figures.denominator, figures.value)) = seed.component_count

),

not_the_components as (

    select
        'components_do_not_sum' as rule_code,
        figures.*,
        cast(null as {{ engine_type('varchar') }}) as first_period_code,
        components.component_count as figure_count,
        components.numerator as other_numerator,
        components.denominator as other_denominator,
        components.value as other_value,
        {{ plausibility_limit('components_do_not_sum', 'least_difference') }} as least_difference,
        0 as least_ratio
    from figures
    inner join components
        on components.whole_indicator_number = figures.indicator_number
            and components.unit_number = figures.unit_number
            and components.period_type_number = figures.period_type_number
            and components.period_number = figures.period_number

),

questions as (

    {{ widest_part('not_the_components', 'abs({other} - {found})') }}

)

{{ widest_at_ends_of_runs('questions') }}
