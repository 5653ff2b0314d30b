-- Figures of the unit and all below it that a release changed after they were published.
select
    changes.release_id, releases.built_at, changes.lens, changes.unit_key, units.unit_name, changes.indicator_code,
    changes.period_code, periods.period_end_date, changes.old_numerator, changes.old_denominator, changes.old_value,
    changes.new_numerator, changes.new_denominator, changes.new_value, changes.reason, changes.submission_id
from marts.rpt_restatements as changes
inner join marts.dim_units as units on units.unit_key = changes.unit_key
inner join marts.dim_periods as periods on periods.period_code = changes.period_code
left join marts.rpt_releases as releases on releases.release_id = changes.release_id
where
    list_contains(cast($unit_keys as varchar[]), changes.unit_key)
    and list_contains(cast($indicators as varchar[]), changes.indicator_code)
    and periods.period_end_date between $first_day and $last_day
order by changes.release_id, changes.lens, changes.indicator_code, changes.period_code, changes.unit_key
