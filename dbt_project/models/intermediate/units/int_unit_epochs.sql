-- The set of units, and the duties of each level, stay the same between two of these dates.
with

change_dates as (

    select alive_from as change_date from {{ ref('int_units') }}
    union
    select valid_from as change_date from {{ ref('int_indicator_duties') }}
    union
    select {{ next_day('valid_to') }} as change_date from {{ ref('int_indicator_duties') }}
    where valid_to < date '9999-12-31'

)

select
    change_date as epoch_start_date,
    coalesce(
        {{ previous_day('lead(change_date) over (order by change_date)') }},
        date '9999-12-31'
    ) as epoch_end_date
from change_dates
