-- Every period since a unit's first report, whether it reported then or not, with the denominator that it had reported last.
with

indicators as (

    select
        indicator_code,
        indicator_number,
        rollup
    from {{ ref('int_indicators') }}
    where is_rate and aggregation = 'sum'
        -- Of what is counted from records that nobody owes, nobody is silent.
        and (
            source_kind <> 'recorded'
            or indicator_code in (select duties.indicator_code from {{ ref('int_indicator_duties') }} as duties)
        )

),

units as (

    select * from {{ ref('int_units') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

duties as (

    select * from {{ ref('int_indicator_duties') }}

),

totals as (

    select
        series.unit_key,
        series.indicator_code,
        series.period_code,
        series.denominator,
        periods.period_type,
        periods.period_end_date
    from {{ ref('int_series_as_reported') }} as series
    inner join periods on periods.period_code = series.period_code
    inner join indicators on indicators.indicator_code = series.indicator_code

),

-- A unit that says that the rate does not apply to it is not silent.
not_applicable as (

    select
        unit_key,
        indicator_code,
        period_code
    from {{ ref('int_values_in_force') }}
    where is_not_applicable

),

-- Only for units with parts: of one without, its total is its own report.
own_reports as (

    select
        reports.unit_key,
        reports.indicator_code,
        reports.period_code,
        reports.denominator
    from {{ ref('int_values_in_force') }} as reports
    inner join indicators on indicators.indicator_code = reports.indicator_code
    inner join units on units.unit_key = reports.unit_key
    where not reports.is_not_applicable and units.rollup_level not in ('commune', 'body', 'part')

),

-- The silence of provinces whose totals are carried from the release before is carried with them.
first_totals as (

    select
        totals.unit_key,
        totals.indicator_code,
        totals.period_type,
        min(totals.period_end_date) as first_end_date
    from totals
    left join {{ ref('stg_base__provinces') }} as base_provinces on base_provinces.unit_key = totals.unit_key
    where base_provinces.unit_key is null
    group by totals.unit_key, totals.indicator_code, totals.period_type

),

reported_periods as (

    select distinct
        totals.indicator_code,
        totals.period_type,
        totals.period_code,
        totals.period_end_date
    from totals

),

unit_periods as (

    select
        first_totals.unit_key,
        units.rollup_level,
        first_totals.indicator_code,
        indicators.rollup,
        reported_periods.period_type,
        reported_periods.period_code,
        reported_periods.period_end_date,
        periods.epoch_start_date,
        totals.unit_key is not null as has_total,
        case
            when units.rollup_level in ('commune', 'body', 'part') then totals.unit_key is not null
            else own_reports.unit_key is not null
        end as has_own,
        duties.level is not null and not_applicable.unit_key is null as is_owing,
        not_applicable.unit_key is not null as is_not_applicable,
        totals.denominator,
        own_reports.denominator as own_denominator,
        {{ lag_known('totals.denominator', 1, 'one_line') }} as earlier_denominator,
        {{ lag_known('own_reports.denominator', 1, 'one_line') }} as earlier_own_denominator
    from first_totals
    inner join indicators on indicators.indicator_code = first_totals.indicator_code
    inner join units on units.unit_key = first_totals.unit_key
    inner join reported_periods
        on reported_periods.indicator_code = first_totals.indicator_code
            and reported_periods.period_type = first_totals.period_type
            and reported_periods.period_end_date >= first_totals.first_end_date
            and reported_periods.period_end_date <= units.alive_to
    inner join periods on periods.period_code = reported_periods.period_code
    left join totals
        on totals.unit_key = first_totals.unit_key
            and totals.indicator_code = first_totals.indicator_code
            and totals.period_code = reported_periods.period_code
    left join own_reports
        on own_reports.unit_key = first_totals.unit_key
            and own_reports.indicator_code = first_totals.indicator_code
            and own_reports.period_code = reported_periods.period_code
    left join not_applicable
        on not_applicable.unit_key = first_totals.unit_key
            and not_applicable.indicator_code = first_totals.indicator_code
            and not_applicable.period_code = reported_periods.period_code
    left join duties
        on duties.indicator_code = first_totals.indicator_code
            and duties.level = units.reporting_level
            and reported_periods.period_end_date between duties.valid_from and duties.valid_to
    window one_line as (
        partition by units.unit_number, indicators.indicator_number, periods.period_type_number
        order by periods.period_end_date, periods.period_number
    )

)

select
    unit_key,
    rollup_level,
    indicator_code,
    rollup,
    period_code,
    epoch_start_date,
    has_total,
    has_own,
    is_owing,
    is_not_applicable,
    coalesce(denominator, earlier_denominator) as last_denominator,
    case
        when rollup_level in ('commune', 'body', 'part') then coalesce(denominator, earlier_denominator)
        else coalesce(own_denominator, earlier_own_denominator)
    end as last_own_denominator
from unit_periods
