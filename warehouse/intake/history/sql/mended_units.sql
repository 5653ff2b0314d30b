-- One row per pair of files of one name with the same content: most rows of the earlier one stand in the later one unchanged,
-- with
-- figures that two units do not have in common by chance. Digits are those of distinct figures of two digits or more.
create or replace temp table context_mended_units as
with

concerned as (

    select distinct
        submissions.submission_id,
        submissions.file_sha256,
        submissions.form,
        submissions.period_code
    from ledger_submissions as submissions
    inner join (
        select form, file_sha256 from context_namesakes
        union
        select form, earlier_sha256 as file_sha256 from context_namesakes
    ) as files
        on files.file_sha256 = submissions.file_sha256 and files.form = submissions.form

),

rows_of_bc as (

    select
        submission_id,
        indicator_code as row_key,
        [numerator, denominator, case when denominator is null then value end] as figures
    from (from ledger_bc_rows union all from ledger_bc_returned)

),

rows_of_tx as (

    select
        submission_id,
        coalesce(division, '') as row_key,
        [
            cast(rated_count as double),
            cast(outstanding_count as double),
            cast(good_count as double),
            cast(completed_count as double)
        ] as figures
    from (from ledger_tx_rows union all from ledger_tx_returned)

),

told as (

    select distinct
        concerned.form,
        concerned.file_sha256,
        concerned.period_code,
        spoken.row_key,
        cast(spoken.figures as varchar) as figures_text,
        spoken.figures
    from concerned
    inner join (from rows_of_bc union all from rows_of_tx) as spoken
        on spoken.submission_id = concerned.submission_id

),

compared as (

    select
        namesakes.form,
        namesakes.arrival_number,
        namesakes.earlier_arrival_number,
        later.file_sha256 is not null as is_same,
        case when later.file_sha256 is not null then earlier.figures end as same_figures
    from context_namesakes as namesakes
    inner join told as earlier
        on earlier.form = namesakes.form and earlier.file_sha256 = namesakes.earlier_sha256
    left join told as later
        on later.form = namesakes.form
            and later.file_sha256 = namesakes.file_sha256
            and later.period_code = earlier.period_code
            and later.row_key = earlier.row_key
            and later.figures_text = earlier.figures_text

),

weighed as (

    select
        form,
        arrival_number,
        earlier_arrival_number,
        count(*) as row_count,
        count(*) filter (where is_same) as same_count,
        list_sum(
            list_transform(
                list_filter(list_distinct(flatten(list(same_figures))), figure -> figure >= 10),
                figure -> floor(log10(figure)) + 1
            )
        ) as digit_count
    from compared
    group by
        form,
        arrival_number,
        earlier_arrival_number

),

-- A file that arrived in between answers the earlier one already.
answered as (

    select
        weighed.form,
        weighed.arrival_number,
        weighed.earlier_arrival_number
    from weighed
    inner join context_submissions as own on own.arrival_number = weighed.arrival_number and own.form = weighed.form
    inner join context_submissions as between_them
        on between_them.form = own.form
            and between_them.series_key = own.series_key
            and between_them.period_code = own.period_code
            and between_them.arrival_number < weighed.arrival_number
            and between_them.arrival_number > weighed.earlier_arrival_number

)

select
    form,
    arrival_number,
    max(earlier_arrival_number) as earlier_arrival_number
from weighed
where
    2 * same_count > row_count
    and digit_count >= $least_digits
    and (form, arrival_number, earlier_arrival_number) not in (select (form, arrival_number, earlier_arrival_number) from answered)
group by
    form,
    arrival_number
