{#-
    CTEs for the rows of one rollup level in the lens `as_reported`; the last is `<level>_rows`. The rollup level is the unit's level, but
    `part` for a unit inside a commune or a body (a village, a division) and `holder` for a commune or a body that has such parts.

    total_reported: a unit's own figure is the total of its area and wins; its parts are added up only where it is absent.
    own_plus_children: the unit's own desk is one more part.
    aggregation none: nothing above the unit that reported. weighted_mean: the mean of the parts by population.
    reporting_units and expected_units count the reports that make up the total (see int_units_owing). A unit that answered "not
    applicable" is in neither: its row expects nobody, and less `owing_when_silent` it lowers what its parent expects. A unit that is
    silent with all its parts counts as itself alone where it owes the report, whatever its parts answered.
    report_kinds says what is counted and expected (see report_kind): the kinds of the reports, and of the parts that owe one.

    Expects the CTEs own_rows, parents, owing and populations; `child_levels` are the levels whose rows flow in.
-#}
{% macro rollup_level(level, child_levels) %}
{{ level }}_own_rows as (

    select * from own_rows
    where rollup_level = '{{ level }}'

),

{{ level }}_parts as (

    {% for child_level in child_levels %}
    select
        parents.parent_unit_key as unit_key,
        children.indicator_code,
        children.period_code,
        children.epoch_start_date,
        children.aggregation,
        children.rollup,
        children.numerator,
        children.denominator,
        children.counted_value,
        children.mean_value * populations.population as weighted_value,
        case when children.mean_value is not null then populations.population end as weight,
        children.reporting_units,
        children.expected_units - children.owing_when_silent as expected_beyond_silence,
        children.report_kinds,
        children.is_simulated,
        children.is_estimated or children.aggregation = 'weighted_mean' as is_estimated
    from {{ child_level }}_rows as children
    inner join parents
        on parents.unit_key = children.unit_key
        and parents.epoch_start_date = children.epoch_start_date
        and parents.parent_rollup_level = '{{ level }}'
    left join populations
        on populations.unit_key = children.unit_key
        and populations.period_code = children.period_code
    left join {{ level }}_own_rows as own_rows
        on own_rows.unit_key = parents.parent_unit_key
        and own_rows.indicator_code = children.indicator_code
        and own_rows.period_code = children.period_code
        and not own_rows.is_not_applicable
    where children.aggregation <> 'none'
        and (children.rollup = 'own_plus_children' or own_rows.unit_key is null)
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

{{ level }}_part_totals as (

    select
        unit_key,
        indicator_code,
        period_code,
        epoch_start_date,
        aggregation,
        rollup,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(counted_value) as counted_value,
        -- A part whose population is not known makes the mean unknown: it is not left out in silence.
        case when count(weighted_value) = count(*) then sum(weighted_value) / nullif(sum(weight), 0) end as mean_value,
        sum(reporting_units) as reporting_units,
        sum(expected_beyond_silence) as expected_beyond_silence,
        bit_or(report_kinds) as report_kinds,
        bool_or(is_simulated) as is_simulated,
        bool_or(is_estimated) as is_estimated
    from {{ level }}_parts
    group by unit_key, indicator_code, period_code, epoch_start_date, aggregation, rollup

),

{{ level }}_own_and_parts as (

    select
        unit_key, indicator_code, period_code, epoch_start_date, aggregation, rollup,
        numerator, denominator, counted_value, mean_value,
        reporting_units, 0 as expected_beyond_silence, report_kinds, is_simulated, is_estimated,
        reporting_units as own_reports, 1 - reporting_units as own_not_applicable
    from {{ level }}_own_rows
    union all
    select
        unit_key, indicator_code, period_code, epoch_start_date, aggregation, rollup,
        numerator, denominator, counted_value, mean_value,
        reporting_units, expected_beyond_silence, report_kinds, is_simulated, is_estimated,
        0 as own_reports, 0 as own_not_applicable
    from {{ level }}_part_totals

),

{{ level }}_totals as (

    select
        unit_key,
        indicator_code,
        period_code,
        epoch_start_date,
        aggregation,
        rollup,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(counted_value) as counted_value,
        max(mean_value) as mean_value,
        sum(reporting_units) as reporting_units,
        sum(expected_beyond_silence) as expected_beyond_silence,
        bit_or(report_kinds) as report_kinds,
        bool_or(is_simulated) as is_simulated,
        bool_or(is_estimated) as is_estimated,
        max(own_reports) as own_reports,
        max(own_not_applicable) as own_not_applicable
    from {{ level }}_own_and_parts
    group by unit_key, indicator_code, period_code, epoch_start_date, aggregation, rollup

),

{{ level }}_rows as (

    select
        totals.unit_key,
        owing.level,
        totals.indicator_code,
        totals.period_code,
        totals.epoch_start_date,
        totals.aggregation,
        totals.rollup,
        totals.numerator,
        totals.denominator,
        totals.counted_value,
        totals.mean_value,
        totals.reporting_units,
        case
            when totals.own_reports = 1 and (totals.rollup = 'total_reported' or totals.aggregation = 'none') then 1
            when totals.rollup = 'own_plus_children' and totals.aggregation <> 'none'
                then greatest(owing.own_owing - totals.own_not_applicable, totals.own_reports)
                    + owing.parts_owing + totals.expected_beyond_silence
            when totals.reporting_units = 0 and totals.own_not_applicable = 1 then 0
            when totals.reporting_units = 0 and owing.own_owing = 1 then 1
            else owing.parts_owing + totals.expected_beyond_silence
        end as expected_units,
        owing.owing_when_silent,
        case
            when totals.own_reports = 1 and (totals.rollup = 'total_reported' or totals.aggregation = 'none') then totals.report_kinds
            when totals.rollup = 'own_plus_children' and totals.aggregation <> 'none'
                then totals.report_kinds | owing.kinds_when_silent
            else totals.report_kinds | owing.parts_kinds
        end as report_kinds,
        totals.is_simulated,
        totals.is_estimated
    from {{ level }}_totals as totals
    inner join owing
        on owing.unit_key = totals.unit_key
        and owing.indicator_code = totals.indicator_code
        and owing.epoch_start_date = totals.epoch_start_date

),
{% endmacro %}
