-- One row per value received that the figure may rest on: the unit's own, and those of all units within it.
select
    units.unit_name, units.unit_key, units.level, units.parent_unit_key,
    parents.parent_unit_key as grandparent_unit_key, indicators.rollup,
    units.unit_key = $unit_key or units.series_key = $series_key as is_own,
    reported.period_code, reported.numerator, reported.denominator, reported.value,
    reported.known_from, reported.known_to, reported.submission_id, reported.sheet, reported.cell
from marts.fct_indicator_values as reported
inner join marts.dim_units as units on units.unit_key = reported.unit_key
inner join marts.dim_indicators as indicators on indicators.indicator_code = reported.indicator_code
left join marts.dim_units as parents on parents.unit_key = units.parent_unit_key
left join marts.dim_units as grandparents on grandparents.unit_key = parents.parent_unit_key
where
    reported.indicator_code = $indicator_code and reported.period_code = $period_code
    and (
        $unit_key in (units.unit_key, units.current_unit_key)
        or $series_key in (units.series_key, parents.series_key, grandparents.series_key)
        or ($is_province_of_today and units.current_province_code = $province_code)
        or ($province_code = 'VN' and units.level = 'province')
    )
order by is_own desc, units.unit_name, reported.known_from desc
limit $row_limit
