-- What the warehouse itself counted, in the form of a unit's own figure: on-time reports and ratings here, models and other
-- records below. From here on they are added up, carried through mergers, judged and ranked like figures that units report. A
-- unit that owed nothing has no row: 0 of 0 is not a figure.
with

reports_on_time as (

    select
        -- Reports are counted for the unit that owed them, not for its heir, so that successions carry them like any other
        -- figure.
        coalesce(inherited_from_unit_key, unit_key) as unit_key,
        'BC_DUNGHAN_GN' as indicator_code,
        period_code,
        count(case when status = 'on_time' then 1 end) as numerator,
        count(*) as denominator,
        bool_or(is_simulated) as is_simulated
    from {{ ref('int_obligations') }}
    where due_date < {{ as_of_date() }}
    group by coalesce(inherited_from_unit_key, unit_key), period_code

),

-- A row without a division is the rating of the whole unit and goes before the divisions.
ratings as (

    select
        ratings.*,
        case when ratings.division is null then 0 else 1 end as part_rank,
        min(case when ratings.division is null then 0 else 1 end) over (
            partition by ratings.unit_key, ratings.period_code
        ) as counted_rank
    from {{ ref('int_ratings') }} as ratings
    -- Ratings are owed by the month: of a year nobody would know who is missing.
    inner join {{ ref('int_periods') }} as periods
        on periods.period_code = ratings.period_code and periods.period_type = 'month'

),

people_rated as (

    select
        unit_key,
        'TDUA_THANG_GN' as indicator_code,
        period_code,
        case when count(outstanding_count + good_count) = count(*) then sum(outstanding_count + good_count) end as numerator,
        case when count(rated_count) = count(*) then sum(rated_count) end as denominator,
        bool_or(is_simulated) as is_simulated
    from ratings
    where part_rank = counted_rank
    group by unit_key, period_code

),

rates as (

    select * from reports_on_time
    union all
    select * from people_rated
    where numerator <= denominator and denominator > 0

),

all_values as (

    select
        unit_key,
        indicator_code,
        period_code,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(null as double) as value,
        is_simulated
    from rates
    {% for model in ['int_recorded_models', 'int_recorded_records'] %}
        union all
        select
            unit_key,
            indicator_code,
            period_code,
            numerator,
            denominator,
            value,
            is_simulated
        from {{ ref(model) }}
    {% endfor %}

)

select
    all_values.unit_key,
    all_values.indicator_code,
    all_values.period_code,
    all_values.numerator,
    all_values.denominator,
    case
        when all_values.denominator is not null then {{ percentage('all_values.numerator', 'all_values.denominator') }}
        else all_values.value
    end as value,
    all_values.is_simulated
from all_values
