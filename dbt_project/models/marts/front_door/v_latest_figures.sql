{{ config(materialized='view') }}
with

figures as (

    select * from {{ ref('v_figures').include(database=false) }}

),

-- Of two periods that end on one day the shorter one is meant: 2026-09 and not 2026-9M.
ordered as (

    select
        unit_key,
        indicator_code,
        period_code,
        row_number() over (
            partition by unit_key, indicator_code
            order by period_end_date desc, period_start_date desc, period_code asc
        ) as newness,
        max(period_end_date) over (partition by level, indicator_code) as newest_period_end_date
    from figures

)

select
    figures.*,
    figures.period_end_date < ordered.newest_period_end_date as is_behind
from figures
inner join ordered
    on ordered.unit_key = figures.unit_key
        and ordered.indicator_code = figures.indicator_code
        and ordered.period_code = figures.period_code
        and ordered.newness = 1
