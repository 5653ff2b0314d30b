-- One row per value received that the figure contains; of the unit's own report, its earlier revisions too.
with parts as (
    select
        part_unit_key,
        count(*) over () as part_count
    from marts.rpt_figure_lineage
    where lens = $lens and unit_key = $unit_key and indicator_code = $indicator_code and period_code = $period_code
)

select
    units.unit_name, parts.part_count, parts.part_count = 1 and units.series_key = $series_key as is_own,
    reported.numerator, reported.denominator, reported.value, reported.known_from, reported.known_to,
    submissions.file_name, reported.sheet, reported.cell, reported.denominator_cell
from parts
inner join marts.dim_units as units on units.unit_key = parts.part_unit_key
inner join marts.fct_indicator_values as reported
    on reported.unit_key = parts.part_unit_key
        and reported.indicator_code = $indicator_code
        and reported.period_code = $period_code
left join marts.fct_submissions as submissions on submissions.submission_id = reported.submission_id
where reported.known_to is null or is_own
order by units.unit_name, reported.known_from desc
limit $row_limit
