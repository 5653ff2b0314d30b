-- The reports received since the release before: for each figure that a new report may have changed, the report that decides.
-- The figure is the unit's own or a total above it; on boundaries of today that of the units to which those went. A report
-- also touches what its earlier revisions said and it leaves out; a part-correction touches only the figures that it carries.
with

submissions as (

    select
        submission_id,
        form,
        unit_key,
        period_code,
        received_at,
        superseded_at,
        file_sha256,
        is_part_correction
    from {{ ref('int_submissions') }}
    where is_accepted

),

-- Before the first release nothing can be restated, and nothing is looked for.
release_before as (

    select count(*) as submission_count
    from {{ ref('stg_earlier__submissions') }}

),

new_submissions as (

    select submissions.*
    from submissions
    inner join release_before on release_before.submission_count > 0
    left join {{ ref('stg_earlier__submissions') }} as earlier on earlier.submission_id = submissions.submission_id
    where earlier.submission_id is null and submissions.superseded_at is null

),

revisions as (

    select
        submissions.submission_id,
        new_submissions.submission_id as new_submission_id,
        new_submissions.received_at,
        new_submissions.file_sha256,
        new_submissions.is_part_correction
    from submissions
    inner join new_submissions
        on new_submissions.form = submissions.form
            and new_submissions.unit_key = submissions.unit_key
            and new_submissions.period_code = submissions.period_code

),

units as (

    select * from {{ ref('int_units') }}

),

parents as (

    select * from {{ ref('int_unit_parents') }}

),

distance_0 as (

    select distinct
        reports.unit_key,
        reports.indicator_code,
        reports.period_code,
        periods.epoch_start_date,
        revisions.new_submission_id,
        revisions.received_at,
        revisions.file_sha256
    from {{ ref('int_indicator_values') }} as reports
    inner join revisions
        on revisions.submission_id = reports.submission_id
            and (not revisions.is_part_correction or revisions.new_submission_id = reports.submission_id)
    inner join {{ ref('int_periods') }} as periods on periods.period_code = reports.period_code

),

{% for distance in [1, 2, 3] %}
    distance_{{ distance }} as (

        select
            parents.parent_unit_key as unit_key,
            below.indicator_code,
            below.period_code,
            below.epoch_start_date,
            below.new_submission_id,
            below.received_at,
            below.file_sha256
        from distance_{{ distance - 1 }} as below
        inner join parents
            on parents.unit_key = below.unit_key
                and parents.epoch_start_date = below.epoch_start_date

    ),
{% endfor %}

touched as (

    {% for distance in [0, 1, 2, 3] %}
        select
            *,
            {{ distance }} as distance
        from distance_{{ distance }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

touched_as_reported as (

    select
        'as_reported' as lens,
        unit_key,
        indicator_code,
        period_code,
        new_submission_id,
        received_at,
        file_sha256,
        distance = 0 as is_own
    from touched

),

-- A predecessor's report is a part of its successor's figure; a renamed unit's report is its own.
touched_today as (

    select
        'current_boundaries' as lens,
        paths.to_unit_key as unit_key,
        touched.indicator_code,
        touched.period_code,
        touched.new_submission_id,
        touched.received_at,
        touched.file_sha256,
        touched.distance = 0 and reporting.series_key = todays.series_key as is_own
    from touched
    inner join {{ ref('int_unit_paths_to_current') }} as paths on paths.from_unit_key = touched.unit_key
    inner join units as reporting on reporting.unit_key = touched.unit_key
    inner join units as todays on todays.unit_key = paths.to_unit_key

),

touched_unchanged as (

    select
        'unchanged_units' as lens,
        touched_today.unit_key,
        touched_today.indicator_code,
        touched_today.period_code,
        touched_today.new_submission_id,
        touched_today.received_at,
        touched_today.file_sha256,
        touched_today.is_own
    from touched_today
    inner join {{ ref('int_unchanged_units') }} as unchanged on unchanged.unit_key = touched_today.unit_key

),

touched_in_lenses as (

    select * from touched_as_reported
    union all
    select * from touched_today
    union all
    select * from touched_unchanged

),

in_order as (

    select
        *,
        row_number() over (
            partition by lens, unit_key, indicator_code, period_code
            order by case when is_own then 0 else 1 end, received_at desc, file_sha256 desc, new_submission_id asc
        ) as precedence
    from touched_in_lenses

)

select
    lens,
    unit_key,
    indicator_code,
    period_code,
    new_submission_id as submission_id,
    is_own
from in_order
where precedence = 1
