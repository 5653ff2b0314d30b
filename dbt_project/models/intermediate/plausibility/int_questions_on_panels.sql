-- A province's own score, compared with an independent survey of the same year: among the highest here, among the lowest there.
with

self_scores as (

    select
        figures.unit_key,
        figures.level,
        figures.indicator_code,
        figures.period_code,
        seed.panel_indicator_code,
        figures.value as score
    from {{ ref('int_figures_to_compare') }} as figures
    inner join {{ ref('self_scored_indicators') }} as seed on seed.indicator_code = figures.indicator_code

),

panel_values as (

    select
        unit_key,
        indicator_code,
        period_code,
        value
    from {{ ref('int_indicator_values') }}
    where known_to is null and indicator_code in (
            select seed.panel_indicator_code from {{ ref('self_scored_indicators') }} as seed
        )

),

ranked as (

    select
        self_scores.*,
        panel_values.value as panel_value,
        rank() over (
            partition by self_scores.indicator_code, self_scores.period_code order by self_scores.score desc
        ) as score_rank,
        rank() over (
            partition by self_scores.indicator_code, self_scores.period_code order by panel_values.value
        ) as panel_rank,
        count(*) over (partition by self_scores.indicator_code, self_scores.period_code) as province_count
    from self_scores
    inner join panel_values
        on panel_values.unit_key = self_scores.unit_key
            and panel_values.indicator_code = self_scores.panel_indicator_code
            and panel_values.period_code = self_scores.period_code
    where self_scores.level = 'province' and self_scores.score is not null and panel_values.value is not null

)

select
    'self_scored_above_panel' as rule_code,
    unit_key,
    indicator_code,
    period_code,
    panel_indicator_code as other_indicator_code,
    score as found_figure,
    panel_value as expected_figure,
    province_count as figure_count
from ranked
where province_count >= {{ plausibility_limit('self_scored_above_panel', 'least_provinces') }}
    and score_rank <= {{ plausibility_limit('self_scored_above_panel', 'outer_part') }} * province_count
    and panel_rank <= {{ plausibility_limit('self_scored_above_panel', 'outer_part') }} * province_count
