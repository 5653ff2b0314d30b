-- Rules that look at a whole report: figures equal to the previous period's, and every rate at 100 %. Of several such reports in
-- succession only the latest gets a question.
with

reports as (

    select * from {{ ref('int_plausibility_reports') }}

),

copied as (

    select
        *,
        lead(period_number) over (partition by series_number, period_type_number order by period_number) as next_period_number
    from reports
    where figure_count = repeated_count
        and figure_count >= {{ plausibility_limit('copied_period', 'least_figures') }}
        and surprise_digits >= {{ plausibility_limit('copied_period', 'least_digits') }}

),

-- How improbable it is that all are full, had the unit done as the others of its level.
all_full as (

    select
        reports.unit_number,
        reports.series_number,
        reports.period_type_number,
        reports.period_number,
        reports.rate_count,
        reports.rated_cases
    from reports
    inner join {{ ref('int_units') }} as units on units.unit_number = reports.unit_number
    inner join {{ ref('int_plausibility_figures') }} as figures
        on figures.unit_number = reports.unit_number
            and figures.period_type_number = reports.period_type_number
            and figures.period_number = reports.period_number
    inner join {{ ref('int_plausibility_peers') }} as peers
        on peers.level = units.level
            and peers.peers_of_unit_key = {{ peers_of('units') }}
            and peers.indicator_number = figures.indicator_number
            and peers.period_type_number = figures.period_type_number
            and peers.period_number = figures.period_number
    where reports.rate_count = reports.full_count
        and reports.rate_count >= {{ plausibility_limit('numerator_equals_denominator', 'least_rates') }}
        and reports.rated_cases >= {{ plausibility_limit('numerator_equals_denominator', 'least_cases') }}
    group by
        reports.unit_number, reports.series_number, reports.period_type_number, reports.period_number, reports.rate_count,
        reports.rated_cases
    having sum({{ digits_of_full('figures', 'peers') }})
        >= {{ plausibility_limit('numerator_equals_denominator', 'least_digits') }}

),

all_full_in_order as (

    select
        *,
        lead(period_number) over (partition by series_number, period_type_number order by period_number) as next_period_number
    from all_full

)

select
    'copied_period' as rule_code,
    unit_number,
    period_type_number,
    period_number,
    period_number - 1 as first_period_number,
    figure_count,
    cast(null as double) as case_count
from copied
where next_period_number is null or next_period_number > period_number + 1

union all

select
    'numerator_equals_denominator' as rule_code,
    unit_number,
    period_type_number,
    period_number,
    cast(null as bigint) as first_period_number,
    rate_count as figure_count,
    rated_cases as case_count
from all_full_in_order
where next_period_number is null or next_period_number > period_number + 1
