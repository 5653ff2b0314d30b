-- A unit's own score, compared with its indicators that have a target. Asked once a run.
with

self_scores as (

    select
        figures.unit_key,
        figures.series_key,
        figures.level,
        figures.indicator_code,
        figures.period_code,
        figures.period_type,
        figures.period_end_date,
        seed.high_from,
        figures.value as score
    from {{ ref('int_figures_to_compare') }} as figures
    inner join {{ ref('self_scored_indicators') }} as seed on seed.indicator_code = figures.indicator_code

),

judged as (

    select
        series.unit_key,
        series.period_code,
        count(*) as judged_count,
        sum(case when series.verdict = 'missed' then 1 else 0 end) as missed_count
    from {{ ref('int_series_verdicts') }} as series
    left join {{ ref('self_scored_indicators') }} as seed on seed.indicator_code = series.indicator_code
    where series.verdict in ('met', 'narrowly_met', 'narrowly_missed', 'missed')
        and seed.indicator_code is null
    group by series.unit_key, series.period_code

),

-- High and yet short of its targets, as runs: a single month says little.
marked as (

    select
        self_scores.*,
        judged.judged_count,
        judged.missed_count,
        self_scores.score >= self_scores.high_from
        and judged.judged_count >= {{ plausibility_limit('self_scored_above_measured', 'least_indicators') }}
        and judged.missed_count
        >= {{ plausibility_limit('self_scored_above_measured', 'least_missed_ratio') }} * judged.judged_count as is_doubtful
    from self_scores
    inner join judged on judged.unit_key = self_scores.unit_key and judged.period_code = self_scores.period_code
    where self_scores.score is not null

),

numbered as (

    select
        *,
        sum(case when is_doubtful then 0 else 1 end) over (
            partition by series_key, indicator_code, period_type order by period_end_date
        ) as run_number
    from marked

),

doubtful_runs as (

    select
        indicator_code,
        period_type,
        max_by(unit_key, period_end_date) as unit_key,
        max_by(score, period_end_date) as score,
        max_by(judged_count, period_end_date) as judged_count,
        max_by(missed_count, period_end_date) as missed_count,
        max(period_code) as period_code,
        count(*) as run_length
    from numbered
    where is_doubtful
    group by series_key, indicator_code, period_type, run_number

)

select
    'self_scored_above_measured' as rule_code,
    unit_key,
    indicator_code,
    period_code,
    score as found_figure,
    judged_count as figure_count,
    cast(missed_count as double) as case_count
from doubtful_runs
where period_type <> 'month'
    or run_length >= {{ plausibility_limit('self_scored_above_measured', 'least_months') }}
