-- One and the same figure period after period, where it is counted anew each time. Asked once a run.
with

-- A repeated figure equals the one of the period right before, so a run has one period number after the other.
repeats as (

    select
        *,
        period_number - row_number() over (
            partition by series_number, indicator_number, period_type_number order by period_number
        ) as run_number
    from {{ ref('int_plausibility_figures') }}
    where is_repeated

),

repeated_runs as (

    select
        indicator_number,
        period_type_number,
        max_by(unit_number, period_number) as unit_number,
        max(period_number) as period_number,
        min(period_number) - 1 as first_period_number,
        count(*) + 1 as run_length,
        max(coalesce(value, denominator)) as found_figure,
        sum(surprise_digits) as digits
    from repeats
    group by series_number, indicator_number, period_type_number, run_number

)

select
    'repeated_figure' as rule_code,
    unit_number,
    indicator_number,
    period_type_number,
    period_number,
    first_period_number,
    found_figure,
    run_length as figure_count
from repeated_runs
where run_length >= {{ plausibility_limit('repeated_figure', 'least_periods') }}
    and digits >= {{ plausibility_limit('repeated_figure', 'least_digits') }}
