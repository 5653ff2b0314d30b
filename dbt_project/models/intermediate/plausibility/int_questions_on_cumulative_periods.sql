-- A cumulative figure that falls within its year, and one that is not the sum of its months. The seed indicator_measures lists
-- the parts of an indicator that may not fall, and those that add up.
with

periods as (

    select
        *,
        extract(year from period_end_date) as year_number
    from {{ ref('int_periods') }}

),

indicators as (

    select
        indicators.indicator_number,
        measures.numerator_kind,
        measures.denominator_kind
    from {{ ref('int_indicators') }} as indicators
    inner join {{ ref('indicator_measures') }} as measures on measures.indicator_code = indicators.indicator_code
    where indicators.aggregation = 'sum'

),

cumulative as (

    select
        figures.*,
        periods.period_end_date,
        indicators.numerator_kind,
        indicators.denominator_kind,
        lag(periods.period_code) over this_year as shorter_period_code,
        lag(figures.numerator) over this_year as shorter_numerator,
        lag(figures.denominator) over this_year as shorter_denominator,
        lag(figures.value) over this_year as shorter_value
    from {{ ref('int_plausibility_figures') }} as figures
    inner join indicators on indicators.indicator_number = figures.indicator_number
    inner join periods
        on periods.period_type_number = figures.period_type_number and periods.period_number = figures.period_number
    where periods.period_type in ('quarter', '6M', '9M', 'year')
    window this_year as (
        partition by figures.series_number, figures.indicator_number, periods.year_number order by periods.period_end_date
    )

),

lines_with_both as (

    select distinct
        series_number,
        indicator_number
    from cumulative

),

months_so_far as (

    select
        figures.series_number,
        figures.indicator_number,
        periods.period_end_date,
        count(*) over this_year as month_count,
        sum(figures.numerator) over this_year as numerator,
        sum(figures.denominator) over this_year as denominator,
        sum(figures.value) over this_year as value
    from {{ ref('int_plausibility_figures') }} as figures
    inner join lines_with_both
        on lines_with_both.series_number = figures.series_number
            and lines_with_both.indicator_number = figures.indicator_number
    inner join periods
        on periods.period_type_number = figures.period_type_number and periods.period_number = figures.period_number
    where periods.period_type = 'month' and coalesce(figures.numerator, figures.value) is not null
    window this_year as (
        partition by figures.series_number, figures.indicator_number, periods.year_number order by periods.period_end_date
    )

),

falling as (

    select
        'falling_cumulative' as rule_code,
        cumulative.*,
        cumulative.shorter_period_code as first_period_code,
        cast(null as bigint) as figure_count,
        case when cumulative.numerator_kind in ('flow', 'quota') then cumulative.shorter_numerator end as other_numerator,
        case
            when cumulative.denominator_kind in ('flow', 'carried', 'quota') then cumulative.shorter_denominator
        end as other_denominator,
        case when cumulative.numerator_kind = 'flow' then cumulative.shorter_value end as other_value,
        {{ plausibility_limit('falling_cumulative', 'least_fall') }} as least_difference,
        0 as least_ratio
    from cumulative

),

not_the_sum as (

    select
        'parts_do_not_sum' as rule_code,
        cumulative.*,
        cast(null as {{ engine_type('varchar') }}) as first_period_code,
        months.month_count as figure_count,
        case when cumulative.numerator_kind = 'flow' then months.numerator end as other_numerator,
        case when cumulative.denominator_kind in ('flow', 'quota') then months.denominator end as other_denominator,
        case when cumulative.numerator_kind = 'flow' then months.value end as other_value,
        {{ plausibility_limit('parts_do_not_sum', 'least_difference') }} as least_difference,
        {{ plausibility_limit('parts_do_not_sum', 'least_ratio') }} as least_ratio
    from cumulative
    inner join months_so_far as months
        on months.series_number = cumulative.series_number
            and months.indicator_number = cumulative.indicator_number
            and months.period_end_date = cumulative.period_end_date
            and months.month_count = extract(month from cumulative.period_end_date)

),

questions as (

    {{ widest_part('falling', '{other} - {found}') }}
    union all
    {{ widest_part('not_the_sum', 'abs({other} - {found})') }}

)

select * from questions
where width_rank = 1
