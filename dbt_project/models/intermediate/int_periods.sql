select
    periods.period_code,
    periods.period_type,
    periods.period_start_date,
    periods.period_end_date,
    periods.is_cumulative,
    periods.previous_period_code,
    periods.same_period_last_year_code,
    epochs.epoch_start_date
from {{ ref('periods') }} as periods
inner join {{ ref('int_unit_epochs') }} as epochs
    on periods.period_end_date between epochs.epoch_start_date and epochs.epoch_end_date
