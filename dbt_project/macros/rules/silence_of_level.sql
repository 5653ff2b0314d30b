{#-
    CTEs for the silent reports at one rollup level (`leaf`: all units without parts); the last is `<level>_silence`. Follows the same recursion as rollup_level, so that what
    is counted here is what is missing there: under total_reported a unit that is silent with all its parts counts once, one whose
    parts reported counts by them; under own_plus_children its own desk is one part more. A unit that answered "not applicable" is not
    silent, and under total_reported answers for its parts where none of them reported.

    Expects the CTEs unit_periods and parents; `child_levels` are the levels that flow in, none for units without parts.
-#}
{% macro silence_of_level(level, child_levels) %}
{{ level }}_part_totals as (

    {% if child_levels %}
    select
        parents.parent_unit_key as unit_key,
        children.indicator_code,
        children.period_code,
        sum(children.silent_units) as silent_units,
        sum(children.silent_denominator) as silent_denominator
    from (
        {% for child_level in child_levels %}
        select * from {{ child_level }}_silence
        {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as children
    inner join parents
        on parents.unit_key = children.unit_key
        and parents.epoch_start_date = children.epoch_start_date
        and parents.parent_rollup_level = '{{ level }}'
    group by parents.parent_unit_key, children.indicator_code, children.period_code
    {% else %}
    select unit_key, indicator_code, period_code, 0 as silent_units, cast(0 as double) as silent_denominator
    from unit_periods
    where false
    {% endif %}

),

{{ level }}_silence as (

    select
        unit_periods.unit_key,
        unit_periods.indicator_code,
        unit_periods.period_code,
        unit_periods.epoch_start_date,
        {% for measure, own_amount, total_amount in [
            ('silent_units', '1', '1'),
            ('silent_denominator', 'unit_periods.last_own_denominator', 'unit_periods.last_denominator'),
        ] %}
        case
            when unit_periods.rollup = 'total_reported' and unit_periods.has_own then 0
            when unit_periods.rollup = 'total_reported' and unit_periods.is_not_applicable and not unit_periods.has_total then 0
            when unit_periods.rollup = 'total_reported' and not unit_periods.has_total and unit_periods.is_owing
                then {{ total_amount }}
            when unit_periods.rollup = 'total_reported' then coalesce(parts.{{ measure }}, 0)
            else coalesce(parts.{{ measure }}, 0) + case
                when unit_periods.is_owing and not unit_periods.has_own and unit_periods.last_own_denominator is not null
                    then {{ own_amount }}
                else 0
            end
        end as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from unit_periods
    left join {{ level }}_part_totals as parts
        on parts.unit_key = unit_periods.unit_key
        and parts.indicator_code = unit_periods.indicator_code
        and parts.period_code = unit_periods.period_code
    where unit_periods.rollup_level {{ "in ('commune', 'body', 'part')" if level == 'leaf' else "= '" ~ level ~ "'" }}

),
{% endmacro %}
