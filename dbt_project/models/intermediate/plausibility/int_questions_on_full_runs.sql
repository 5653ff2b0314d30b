-- 100 % period after period, longer than chance would have it. Asked once a run.
with

figures as (

    select * from {{ ref('int_plausibility_figures') }}

),

-- Lines that are too seldom full to hold a run are not looked at further.
full_lines as (

    select
        series_number,
        indicator_number,
        period_type_number
    from figures
    where is_full
    group by series_number, indicator_number, period_type_number
    having count(*) >= {{ plausibility_limit('constant_full', 'least_months') }}
        or count(*) >= {{ plausibility_limit('constant_full', 'least_longer_periods') }}

),

rates as (

    select
        figures.*,
        sum(case when figures.is_full then 0 else 1 end) over (
            partition by figures.series_number, figures.indicator_number, figures.period_type_number
            order by figures.period_number
        ) as run_number
    from figures
    inner join full_lines
        on full_lines.series_number = figures.series_number
            and full_lines.indicator_number = figures.indicator_number
            and full_lines.period_type_number = figures.period_type_number
    where figures.rated_cases > 0

),

full_runs as (

    select
        rates.indicator_number,
        rates.period_type_number,
        max_by(rates.unit_number, rates.period_number) as unit_number,
        max(rates.period_number) as period_number,
        min(rates.period_number) as first_period_number,
        count(*) as run_length,
        sum(rates.rated_cases) as case_count,
        sum({{ digits_of_full('rates', 'peers') }}) as digits
    from rates
    inner join {{ ref('int_units') }} as units on units.unit_number = rates.unit_number
    left join {{ ref('int_plausibility_peers') }} as peers
        on peers.level = units.level
            and peers.peers_of_unit_key = {{ peers_of('units') }}
            and peers.indicator_number = rates.indicator_number
            and peers.period_type_number = rates.period_type_number
            and peers.period_number = rates.period_number
    where rates.is_full
    group by rates.series_number, rates.indicator_number, rates.period_type_number, rates.run_number

),

period_types as (

    select distinct
        period_type_number,
        period_type
    from {{ ref('int_periods') }}

)

select
    'constant_full' as rule_code,
    full_runs.unit_number,
    full_runs.indicator_number,
    full_runs.period_type_number,
    full_runs.period_number,
    full_runs.first_period_number,
    100 * power(10, -full_runs.digits / full_runs.case_count) as expected_figure,
    full_runs.run_length as figure_count,
    full_runs.case_count
from full_runs
inner join period_types on period_types.period_type_number = full_runs.period_type_number
where full_runs.case_count >= {{ plausibility_limit('constant_full', 'least_cases') }}
    and full_runs.digits >= {{ plausibility_limit('constant_full', 'least_digits') }}
    and full_runs.run_length >= case
        when period_types.period_type = 'month' then {{ plausibility_limit('constant_full', 'least_months') }}
        else {{ plausibility_limit('constant_full', 'least_longer_periods') }}
    end
