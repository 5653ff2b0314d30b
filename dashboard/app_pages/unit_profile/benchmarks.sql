-- One row per group of the unit and rate: the unit's newest figure beside that of the others of the group.
select
    concat(found.group_type, '.', found.group_code) as group_key, found.group_name_vi, found.group_name_en,
    found.indicator_code, found.indicator_name_vi, found.indicator_name_en, found.unit, found.unit_en, found.direction,
    found.is_rate, found.period_code, found.numerator, found.denominator, found.value, found.value_low, found.value_high,
    found.others_units, found.others_value, found.others_low, found.others_high, found.comparison, found.is_estimated
from marts.rpt_unit_benchmarks as found
where found.lens = $lens and found.unit_key = $unit_key
qualify row_number() over (
    partition by found.group_type, found.group_code, found.indicator_code
    order by found.period_end_date desc, found.period_code desc
) = 1
order by
    case found.group_type when 'region' then 1 when 'commune_type' then 2 when 'population' then 3 else 4 end,
    found.group_code, found.indicator_code
