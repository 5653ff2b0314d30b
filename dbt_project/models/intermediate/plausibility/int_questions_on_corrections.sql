-- A unit whose corrections all went the good way: as likely as a coin that falls on the same side each time.
with

indicator_values as (

    select
        indicator_values.*,
        indicators.direction
    from {{ ref('int_indicator_values') }} as indicator_values
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = indicator_values.indicator_code
    where indicators.direction in ('higher', 'lower') and indicators.panel_code is null

),

corrected as (

    select
        later.unit_key,
        later.period_code,
        later.known_from,
        case when later.direction = 'lower' then earlier.value - later.value else later.value - earlier.value end as improvement
    from indicator_values as later
    inner join indicator_values as earlier
        on earlier.unit_key = later.unit_key
            and earlier.indicator_code = later.indicator_code
            and earlier.period_code = later.period_code
            and earlier.revision < later.revision
            and earlier.known_to = later.known_from
    where later.revision > 1 and later.value <> earlier.value

)

select
    'corrections_only_improve' as rule_code,
    corrected.unit_key,
    max_by(corrected.period_code, corrected.known_from) as period_code,
    min_by(corrected.period_code, corrected.known_from) as first_period_code,
    count(*) as figure_count
from corrected
group by corrected.unit_key
having count(*) >= {{ plausibility_limit('corrections_only_improve', 'least_corrections') }}
    and min(corrected.improvement) > 0
