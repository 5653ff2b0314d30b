-- A unit itself, its parent and so on up to the country. A renamed ancestor is the same one.
with

units as (

    select
        unit_key,
        series_key,
        parent_series_key
    from {{ ref('int_units') }}

),

-- One row per series: all its versions have parents of the same series.
series_parents as (

    select
        series_key,
        max(parent_series_key) as parent_series_key
    from units
    group by series_key

),

self_and_parent as (

    select
        unit_key,
        series_key as ancestor_series_key,
        0 as distance
    from units
    union all
    select
        unit_key,
        parent_series_key as ancestor_series_key,
        1 as distance
    from units
    where parent_series_key is not null

),

grandparents as (

    select
        self_and_parent.unit_key,
        series_parents.parent_series_key as ancestor_series_key,
        2 as distance
    from self_and_parent
    inner join series_parents on series_parents.series_key = self_and_parent.ancestor_series_key
    where self_and_parent.distance = 1 and series_parents.parent_series_key is not null

),

great_grandparents as (

    select
        grandparents.unit_key,
        series_parents.parent_series_key as ancestor_series_key,
        3 as distance
    from grandparents
    inner join series_parents on series_parents.series_key = grandparents.ancestor_series_key
    where series_parents.parent_series_key is not null

)

select * from self_and_parent
union all
select * from grandparents
union all
select * from great_grandparents
