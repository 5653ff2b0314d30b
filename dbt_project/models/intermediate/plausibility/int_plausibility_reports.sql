select
    unit_number,
    min(series_number) as series_number,
    period_type_number,
    period_number,
    count(*) as figure_count,
    sum(case when is_repeated then 1 else 0 end) as repeated_count,
    sum(surprise_digits) as surprise_digits,
    count(rated_cases) as rate_count,
    sum(case when is_full then 1 else 0 end) as full_count,
    sum(rated_cases) as rated_cases,
    bit_xor({{ hash_of(['indicator_number', 'numerator', 'denominator', 'value']) }}) as fingerprint
from {{ ref('int_plausibility_figures') }}
group by unit_number, period_type_number, period_number
