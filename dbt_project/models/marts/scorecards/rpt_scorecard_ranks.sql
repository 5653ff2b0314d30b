-- How firm is the order? The scores are computed again with each criterion's weight in turn left out, cut and raised by a
-- quarter.
{% set weight_factors = ['0.0', '0.75', '1.25'] %}
with

scores as (

    select
        scorecard_code,
        scorecard_name_vi,
        scorecard_name_en,
        period_code,
        period_end_date,
        parent_unit_key,
        parent_unit_name,
        unit_key,
        unit_name,
        points,
        max_points,
        score_ratio
    from {{ ref('rpt_scorecards') }}
    where band is not null

),

criterion_points as (

    select
        scorecard_code,
        period_code,
        unit_key,
        criterion_code,
        coalesce(points, 0) as points,
        case when points is null then 0 else max_points end as max_points
    from {{ ref('rpt_scorecard_points') }}

),

factors as (

    {% for factor in weight_factors -%}
        select cast({{ factor }} as double) as weight_factor
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

reweighted as (

    select
        scores.scorecard_code,
        scores.period_code,
        scores.parent_unit_key,
        scores.unit_key,
        criterion_points.criterion_code,
        factors.weight_factor,
        (scores.points + (factors.weight_factor - 1) * criterion_points.points)
        / nullif(scores.max_points + (factors.weight_factor - 1) * criterion_points.max_points, 0) as score_ratio
    from scores
    inner join criterion_points
        on criterion_points.scorecard_code = scores.scorecard_code
            and criterion_points.period_code = scores.period_code
            and criterion_points.unit_key = scores.unit_key
    cross join factors

),

reranked as (

    select
        scorecard_code,
        period_code,
        unit_key,
        rank() over (
            partition by scorecard_code, period_code, parent_unit_key, criterion_code, weight_factor
            order by round(score_ratio, {{ score_decimals() }}) desc
        ) as varied_rank
    from reweighted
    where score_ratio is not null

),

rank_ranges as (

    select
        scorecard_code,
        period_code,
        unit_key,
        min(varied_rank) as best_rank,
        max(varied_rank) as worst_rank,
        count(*) as variant_count
    from reranked
    group by scorecard_code, period_code, unit_key

),

ranked as (

    select
        *,
        rank() over (
            partition by scorecard_code, period_code, parent_unit_key
            order by round(score_ratio, {{ score_decimals() }}) desc
        ) as score_rank,
        count(*) over (partition by scorecard_code, period_code, parent_unit_key) as ranked_units
    from scores

)

select
    ranked.scorecard_code,
    ranked.scorecard_name_vi,
    ranked.scorecard_name_en,
    ranked.unit_key,
    ranked.unit_name,
    ranked.parent_unit_key,
    ranked.parent_unit_name,
    ranked.period_code,
    ranked.period_end_date,
    ranked.score_ratio,
    ranked.score_rank as rank,
    least(ranked.score_rank, coalesce(rank_ranges.best_rank, ranked.score_rank)) as rank_low,
    greatest(ranked.score_rank, coalesce(rank_ranges.worst_rank, ranked.score_rank)) as rank_high,
    ranked.ranked_units,
    coalesce(rank_ranges.variant_count, 0) as variant_count
from ranked
left join rank_ranges
    on rank_ranges.scorecard_code = ranked.scorecard_code
        and rank_ranges.period_code = ranked.period_code
        and rank_ranges.unit_key = ranked.unit_key
order by ranked.scorecard_code, ranked.period_code, ranked.parent_unit_key, ranked.score_rank, ranked.unit_key
