{{ config(materialized='view') }}
-- The answers that have a figure: a unit that says that an indicator does not apply to it, and all of whose parts say so, has
-- none.
select * from {{ ref('int_series_answers') }}
where reporting_units > 0
