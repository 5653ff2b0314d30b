-- One row per indicator that was added up or counted along the party's hierarchy: the latest period of the unit's versions.
with totals as (
    select
        totals.*,
        row_number() over (
            partition by totals.indicator_code order by totals.period_end_date desc, totals.period_code desc
        ) as age
    from marts.rpt_party_totals as totals
    inner join marts.dim_units as units on units.unit_key = totals.unit_key
    where units.series_key = $series_key
)

select
    indicator_code, indicator_name_vi, indicator_name_en, unit, unit_en, is_rate, period_code, period_end_date,
    numerator, denominator, value, value_low, value_high, is_own, reporting_units, expected_units, parts_value, is_contradicted,
    is_simulated, false as is_estimated
from totals
where age = 1 and (not is_own or parts_value is not null or source_kind = 'recorded')
order by indicator_code
