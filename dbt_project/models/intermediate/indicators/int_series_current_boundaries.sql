-- Each total as reported is carried, through dated successions, to the units of today and added up there.
with

reported_rows as (

    select * from {{ ref('int_series_answers') }}

),

units as (

    select * from {{ ref('int_units') }}

),

paths as (

    select * from {{ ref('int_unit_paths_to_current') }}

),

populations as (

    select * from {{ ref('int_populations') }}

),

epochs as (

    select * from {{ ref('int_unit_epochs') }}

),

duties as (

    select * from {{ ref('int_indicator_duties') }}

),

owing as (

    select * from {{ ref('int_units_owing') }}

),

predecessor_counts as (

    select
        paths.to_unit_key as unit_key,
        epochs.epoch_start_date,
        count(*) as predecessor_count
    from paths
    inner join units on units.unit_key = paths.from_unit_key
    inner join epochs on epochs.epoch_start_date between units.alive_from and units.alive_to
    group by paths.to_unit_key, epochs.epoch_start_date

),

reported_keys as (

    select distinct
        indicator_code,
        epoch_start_date
    from reported_rows

),

-- The reports that the predecessors alive then would owe if all were silent.
owing_by_predecessors as (

    select
        paths.to_unit_key as unit_key,
        reported_keys.indicator_code,
        reported_keys.epoch_start_date,
        sum(coalesce(owing.owing_when_silent, case when duties.level is not null then 1 else 0 end)) as expected_if_silent,
        bit_or(coalesce(
            owing.kinds_when_silent,
            case when duties.level is not null then {{ report_kind('units.level', 'units.rollup_level', "''") }} else 0 end
        )) as kinds_if_silent
    from paths
    inner join units on units.unit_key = paths.from_unit_key
    inner join reported_keys on reported_keys.epoch_start_date between units.alive_from and units.alive_to
    left join owing
        on owing.unit_key = paths.from_unit_key
            and owing.indicator_code = reported_keys.indicator_code
            and owing.epoch_start_date = reported_keys.epoch_start_date
    left join duties
        on duties.indicator_code = reported_keys.indicator_code
            and duties.level = units.reporting_level
            and reported_keys.epoch_start_date between duties.valid_from and duties.valid_to
    group by paths.to_unit_key, reported_keys.indicator_code, reported_keys.epoch_start_date

),

carried as (

    select
        paths.to_unit_key as unit_key,
        paths.share,
        predecessor_counts.predecessor_count,
        populations.population,
        reported_rows.indicator_code,
        reported_rows.period_code,
        reported_rows.epoch_start_date,
        reported_rows.aggregation,
        reported_rows.numerator,
        reported_rows.denominator,
        reported_rows.counted_value,
        reported_rows.mean_value,
        reported_rows.reporting_units,
        reported_rows.expected_units,
        reported_rows.owing_when_silent,
        reported_rows.report_kinds,
        reported_rows.is_simulated,
        reported_rows.is_estimated
    from reported_rows
    inner join paths on paths.from_unit_key = reported_rows.unit_key
    inner join predecessor_counts
        on predecessor_counts.unit_key = paths.to_unit_key
            and predecessor_counts.epoch_start_date = reported_rows.epoch_start_date
    left join populations
        on populations.unit_key = reported_rows.unit_key
            and populations.period_code = reported_rows.period_code
    -- A score or a figure per organisation cannot be added up: it is carried only by a unit that stayed whole and alone.
    where reported_rows.aggregation <> 'none'
        or (predecessor_counts.predecessor_count = 1 and paths.successor_count = 1)

),

added_up as (

    select
        unit_key,
        indicator_code,
        period_code,
        epoch_start_date,
        aggregation,
        {{ sum_of_shares('share', 'numerator') }} as numerator,
        {{ sum_of_shares('share', 'denominator') }} as denominator,
        {{ sum_of_shares('share', 'counted_value') }} as counted_value,
        case
            when max(predecessor_count) = 1 then max(mean_value)
            when count(population) = count(*)
                then {{ in_nine_decimals('sum(population * mean_value) / nullif(sum(population), 0)') }}
        end as mean_value,
        sum(reporting_units) as reporting_units,
        sum(expected_units - owing_when_silent) as expected_beyond_silence,
        bit_or(report_kinds) as report_kinds,
        count(*) = max(predecessor_count) as has_every_predecessor,
        bool_or(is_simulated) as is_simulated,
        bool_or(
            is_estimated
            or (reporting_units > 0 and abs(share - 1) > {{ tolerance() }})
            or (aggregation = 'weighted_mean' and predecessor_count > 1)
        ) as is_estimated
    from carried
    group by unit_key, indicator_code, period_code, epoch_start_date, aggregation

)

select
    added_up.unit_key,
    units.level,
    added_up.indicator_code,
    added_up.period_code,
    added_up.epoch_start_date,
    added_up.aggregation,
    added_up.numerator,
    added_up.denominator,
    added_up.counted_value,
    added_up.mean_value,
    added_up.reporting_units,
    owing_by_predecessors.expected_if_silent + added_up.expected_beyond_silence as expected_units,
    case
        when added_up.has_every_predecessor then added_up.report_kinds
        else added_up.report_kinds | owing_by_predecessors.kinds_if_silent
    end as report_kinds,
    added_up.is_simulated,
    added_up.is_estimated
from added_up
inner join units on units.unit_key = added_up.unit_key
inner join owing_by_predecessors
    on owing_by_predecessors.unit_key = added_up.unit_key
        and owing_by_predecessors.indicator_code = added_up.indicator_code
        and owing_by_predecessors.epoch_start_date = added_up.epoch_start_date
-- Without a report there is no figure: all predecessors answered "not applicable".
where added_up.reporting_units > 0
