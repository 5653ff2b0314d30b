-- A submission and the obligation that it answers agree on whether the report was on time.
with

obligations as (

    select * from {{ ref('rpt_obligations') }}
    where submission_id is not null

),

submissions as (

    select * from {{ ref('fct_submissions') }}

)

select
    obligations.submission_id,
    obligations.due_date,
    submissions.due_date as due_date_of_submission
from obligations
inner join submissions on submissions.submission_id = obligations.submission_id
where
    obligations.form <> submissions.form
    or obligations.period_code <> submissions.period_code
    or coalesce(obligations.inherited_from_unit_key, obligations.unit_key) <> submissions.unit_key
    or obligations.due_date <> submissions.due_date
    or (obligations.status = 'on_time') <> submissions.is_on_time
    or submissions.revision <> 1
