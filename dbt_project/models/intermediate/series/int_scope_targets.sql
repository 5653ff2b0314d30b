-- The target that binds: valid at the period's end, of the nearest scope upward from the unit that has one for the unit's
-- level. At one scope a target of that level goes before one for every level.
with

unit_scopes as (

    select * from {{ ref('int_unit_target_scopes') }}

),

scopes as (

    {% for distance in range(4) %}
        select distinct
            scope_number,
            level,
            scope_at_{{ distance }} as scope_series_key,
            {{ distance }} as distance
        from unit_scopes
        where scope_at_{{ distance }} is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

candidates as (

    select
        scopes.scope_number,
        indicators.indicator_number,
        periods.period_type_number,
        periods.period_number,
        targets.operator,
        targets.target_value,
        targets.is_simulated as is_target_simulated,
        row_number() over (
            partition by
                scopes.scope_number, indicators.indicator_number, periods.period_type_number, periods.period_number
            order by
                scopes.distance asc,
                case when targets.level is null then 1 else 0 end asc,
                targets.alive_from desc,
                targets.source asc
        ) as nearness
    from scopes
    inner join {{ ref('int_targets') }} as targets
        on targets.scope_series_key = scopes.scope_series_key
            and (targets.level is null or targets.level = scopes.level)
    inner join {{ ref('int_indicators') }} as indicators on indicators.indicator_code = targets.indicator_code
    inner join {{ ref('int_periods') }} as periods
        on periods.period_end_date between targets.alive_from and targets.alive_to

)

select
    scope_number,
    indicator_number,
    period_type_number,
    period_number,
    operator,
    target_value,
    is_target_simulated
from candidates
where nearness = 1
