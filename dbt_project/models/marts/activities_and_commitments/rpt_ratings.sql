-- A row without a division is the rating of the whole unit. Where a unit sends both, the total is the row of the whole unit, so
-- that no person is counted twice.
{% set rated_columns = ['rated', 'outstanding', 'good', 'completed', 'not_completed', 'rewarded', 'disciplined'] -%}
with

ratings as (

    select
        ratings.unit_key,
        ratings.period_code,
        ratings.division,
        {% for column in rated_columns -%}
            ratings.{{ column }}_count,
        {% endfor -%}
        ratings.is_simulated,
        periods.period_end_date,
        units.level as reporting_level,
        max(case when ratings.division is null then 1 else 0 end) over (
            partition by ratings.unit_key, ratings.period_code
        ) as has_whole
    from {{ ref('fct_ratings') }} as ratings
    inner join {{ ref('int_periods') }} as periods on periods.period_code = ratings.period_code
    inner join {{ ref('int_units') }} as units on units.unit_key = ratings.unit_key

),

by_division as (

    select
        *,
        division as counted_division
    from ratings
    where division is not null
    union all
    select
        *,
        {{ all_of_them() }} as counted_division
    from ratings
    where division is null or has_whole = 0

),

placed as (

    {{ records_in_scopes('by_division', 'period_end_date') }}

),

counted as (

    select
        lens,
        scope_unit_key,
        period_code,
        counted_division as division,
        coalesce(reporting_level, {{ all_of_them() }}) as reporting_level,
        {% for column in rated_columns -%}
            cast(sum({{ column }}_count) as bigint) as {{ column }}_count,
        {% endfor -%}
        count(distinct home_unit_key) as reporting_units,
        bool_or(is_simulated) as is_simulated
    from placed
    group by grouping sets (
        (lens, scope_unit_key, period_code, counted_division, reporting_level),
        (lens, scope_unit_key, period_code, counted_division)
    )

)

select
    counted.lens,
    {{ scope_columns() }},
    counted.period_code,
    periods.period_end_date,
    counted.division,
    counted.reporting_level,
    counted.division = {{ all_of_them() }} or counted.reporting_level = {{ all_of_them() }} as is_total,
    counted.rated_count,
    counted.outstanding_count,
    counted.good_count,
    counted.completed_count,
    counted.not_completed_count,
    counted.rewarded_count,
    counted.disciplined_count,
    counted.outstanding_count + counted.good_count as good_or_better_count,
    (counted.outstanding_count + counted.good_count) / nullif(cast(counted.rated_count as double), 0)
        as good_or_better_ratio,
    {{ wilson_limit('(counted.outstanding_count + counted.good_count)', 'counted.rated_count', '-') }} / 100.0
        as good_or_better_ratio_low,
    {{ wilson_limit('(counted.outstanding_count + counted.good_count)', 'counted.rated_count', '+') }} / 100.0
        as good_or_better_ratio_high,
    counted.reporting_units,
    counted.is_simulated
from counted
inner join {{ ref('dim_units') }} as units on units.unit_key = counted.scope_unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = counted.period_code
order by counted.lens, units.level, counted.scope_unit_key, counted.period_code, counted.division, counted.reporting_level
