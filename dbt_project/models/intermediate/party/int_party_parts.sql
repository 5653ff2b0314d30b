-- What each total in the party is made of, by the rules of rollup_level. A figure counts in every unit above it up to the
-- nearest one that reported itself (`nearest_report`), since its own total wins. A silent unit that owes the report is waited
-- for where no unit below it reported, up to the nearest unit that reported or that is silent with all its parts
-- (`nearest_silence`): that one is waited for in its place.
with

ways as (

    select * from {{ ref('int_party_ways') }}

),

own_values as (

    select * from {{ ref('int_party_values') }}

),

indicators as (

    select * from {{ ref('int_indicators') }}

),

placed as (

    select
        ways.unit_key,
        ways.part_unit_key,
        ways.steps_up,
        own_values.indicator_code,
        own_values.period_code,
        own_values.period_end_date,
        own_values.is_not_applicable
    from own_values
    inner join ways
        on ways.part_unit_key = own_values.unit_key
            and own_values.period_end_date between ways.first_date and ways.last_date

),

-- The figures that exist: units that reported, or below which a unit did.
figures as (

    select distinct
        unit_key,
        indicator_code,
        period_code,
        period_end_date
    from placed
    where not is_not_applicable

),

silent as (

    select distinct
        ways.part_unit_key as unit_key,
        figures.indicator_code,
        figures.period_code,
        figures.period_end_date
    from figures
    inner join ways
        on ways.unit_key = figures.unit_key
            and figures.period_end_date between ways.first_date and ways.last_date
    inner join {{ ref('int_units') }} as units on units.unit_key = ways.part_unit_key
    inner join {{ ref('int_indicator_duties') }} as duties
        on duties.indicator_code = figures.indicator_code
            and duties.level = units.reporting_level
            and figures.period_end_date between duties.valid_from and duties.valid_to
    left join own_values
        on own_values.unit_key = ways.part_unit_key
            and own_values.indicator_code = figures.indicator_code
            and own_values.period_code = figures.period_code
    where own_values.unit_key is null

),

-- A unit that answered "not applicable" is not waited for, and answers for its parts where none of them reported.
answers as (

    select
        own_values.unit_key,
        own_values.indicator_code,
        own_values.period_code,
        own_values.period_end_date,
        case when own_values.is_not_applicable then 'not_applicable' else 'reported' end as answer
    from own_values
    union all
    select
        unit_key,
        indicator_code,
        period_code,
        period_end_date,
        'silent' as answer
    from silent

),

with_parts as (

    select
        answers.*,
        figures.unit_key is not null as has_figure
    from answers
    left join figures
        on figures.unit_key = answers.unit_key
            and figures.indicator_code = answers.indicator_code
            and figures.period_code = answers.period_code

),

nearest as (

    select
        parts.unit_key,
        parts.indicator_code,
        parts.period_code,
        min(case when above.answer = 'reported' then ways.steps_up end) as nearest_report,
        min(case when not above.has_figure then ways.steps_up end) as nearest_silence
    from with_parts as parts
    inner join ways
        on ways.part_unit_key = parts.unit_key
            and ways.steps_up > 0
            and parts.period_end_date between ways.first_date and ways.last_date
    inner join with_parts as above
        on above.unit_key = ways.unit_key
            and above.indicator_code = parts.indicator_code
            and above.period_code = parts.period_code
    group by parts.unit_key, parts.indicator_code, parts.period_code

),

counted as (

    select
        ways.unit_key,
        parts.unit_key as part_unit_key,
        parts.indicator_code,
        parts.period_code,
        parts.period_end_date,
        ways.steps_up,
        parts.answer,
        parts.has_figure,
        indicators.rollup = 'own_plus_children' as is_own_plus_children,
        coalesce(nearest.nearest_report, 1000) as nearest_report,
        coalesce(nearest.nearest_silence, 1000) as nearest_silence
    from with_parts as parts
    inner join ways
        on ways.part_unit_key = parts.unit_key
            and parts.period_end_date between ways.first_date and ways.last_date
    inner join indicators
        on indicators.indicator_code = parts.indicator_code
            and (indicators.aggregation = 'sum' or ways.steps_up = 0)
    left join nearest
        on nearest.unit_key = parts.unit_key
            and nearest.indicator_code = parts.indicator_code
            and nearest.period_code = parts.period_code
    where parts.answer <> 'not_applicable'

)

select
    unit_key,
    part_unit_key,
    indicator_code,
    period_code,
    period_end_date,
    steps_up,
    answer = 'reported' and (is_own_plus_children or nearest_report > steps_up) as is_in_total,
    answer = 'reported' and not is_own_plus_children and steps_up > 0 and nearest_report >= steps_up as is_in_parts,
    answer = 'silent'
    and (is_own_plus_children or (not has_figure and nearest_report > steps_up and nearest_silence >= steps_up)) as is_waited_for
from counted
