with

ratings as (

    select * from {{ ref('int_ratings') }}

),

units as (

    select * from {{ ref('dim_units') }}

)

select
    ratings.unit_key,
    units.unit_name,
    units.province_code,
    units.current_unit_key,
    units.current_unit_name,
    units.current_province_code,
    ratings.unit_code,
    ratings.period_code,
    periods.period_end_date,
    ratings.period_code as period,
    ratings.division,
    divisions.unit_key as division_unit_key,
    divisions.unit_name as division_unit_name,
    ratings.rated_count,
    ratings.outstanding_count,
    ratings.good_count,
    ratings.completed_count,
    ratings.not_completed_count,
    ratings.rewarded_count,
    ratings.disciplined_count,
    case
        when ratings.rated_count > 0
            then cast(ratings.outstanding_count + ratings.good_count as double) / ratings.rated_count
    end as good_or_better_ratio,
    ratings.is_simulated,
    ratings.submission_id,
    ratings.sheet,
    ratings.row_number
from ratings
inner join units on units.unit_key = ratings.unit_key
left join {{ ref('int_periods') }} as periods on periods.period_code = ratings.period_code
-- The version of the division that was alive at the period's end, in the body whatever it was called since.
left join units as divisions
    on divisions.parent_series_key = units.series_key
        and lower(divisions.unit_name) = lower(ratings.division)
        and periods.period_end_date between coalesce(divisions.valid_from, date '1900-01-01')
        and coalesce(divisions.valid_to, date '9999-12-31')
order by ratings.unit_key, ratings.period_code, ratings.division
