-- How many reports complete a unit's total when the unit itself is silent: its own where it owes one, else its parts' together.
with

indicators as (

    select * from {{ ref('int_indicators') }}

),

duties as (

    select
        epochs.epoch_start_date,
        duties.indicator_code,
        duties.level
    from {{ ref('int_indicator_duties') }} as duties
    inner join {{ ref('int_unit_epochs') }} as epochs
        on epochs.epoch_start_date between duties.valid_from and duties.valid_to

),

parents as (

    select * from {{ ref('int_unit_parents') }}

),

-- Communes, bodies and parts of either have no parts of their own, so they are counted together.
leaf_counts as (

    select
        parent_unit_key,
        epoch_start_date,
        reporting_level,
        count(*) as unit_count,
        bit_or({{ report_kind('level', 'rollup_level', "''") }}) as kinds
    from parents
    where rollup_level in ('commune', 'body', 'part')
    group by parent_unit_key, epoch_start_date, reporting_level

),

leaves_owing as (

    select
        leaf_counts.parent_unit_key as unit_key,
        leaf_counts.epoch_start_date,
        duties.indicator_code,
        sum(leaf_counts.unit_count) as parts_owing,
        bit_or(leaf_counts.kinds) as parts_kinds
    from leaf_counts
    inner join duties
        on duties.epoch_start_date = leaf_counts.epoch_start_date
            and duties.level = leaf_counts.reporting_level
    group by leaf_counts.parent_unit_key, leaf_counts.epoch_start_date, duties.indicator_code

),

{% for level, child_levels in [
    ('holder', []), ('district', ['holder']), ('province', ['district', 'holder']), ('country', ['province'])
] %}
    {{ level }}_parts as (

        select
            unit_key,
            epoch_start_date,
            indicator_code,
            parts_owing,
            parts_kinds
        from leaves_owing
        {% for child_level in child_levels %}
            union all
            select
                parents.parent_unit_key as unit_key,
                children.epoch_start_date,
                children.indicator_code,
                children.owing_when_silent as parts_owing,
                children.kinds_when_silent as parts_kinds
            from {{ child_level }}_owing as children
            inner join parents
                on parents.unit_key = children.unit_key
                    and parents.epoch_start_date = children.epoch_start_date
        {% endfor %}

    ),

    {{ level }}_part_totals as (

        select
            unit_key,
            epoch_start_date,
            indicator_code,
            sum(parts_owing) as parts_owing,
            bit_or(parts_kinds) as parts_kinds
        from {{ level }}_parts
        group by unit_key, epoch_start_date, indicator_code

    ),

    {{ level }}_owing_by_kind as (

        select
            units.unit_key,
            units.level,
            epochs.epoch_start_date,
            indicators.indicator_code,
            indicators.aggregation,
            indicators.rollup,
            coalesce(parts.parts_owing, 0) as parts_owing,
            coalesce(parts.parts_kinds, 0) as parts_kinds,
            case
                when duties.level is null then 0
                else {{ report_kind('units.level', 'units.rollup_level', 'indicators.rollup') }}
            end as own_kind,
            case when duties.level is not null then 1 else 0 end as own_owing,
            case
                when indicators.aggregation = 'none' then case when duties.level is not null then 1 else 0 end
                when indicators.rollup = 'own_plus_children'
                    then coalesce(parts.parts_owing, 0) + case when duties.level is not null then 1 else 0 end
                when duties.level is not null then 1
                else coalesce(parts.parts_owing, 0)
            end as owing_when_silent
        from {{ ref('int_units') }} as units
        inner join {{ ref('int_unit_epochs') }} as epochs
            on epochs.epoch_start_date between units.alive_from and units.alive_to
        cross join indicators
        left join {{ level }}_part_totals as parts
            on parts.unit_key = units.unit_key
                and parts.epoch_start_date = epochs.epoch_start_date
                and parts.indicator_code = indicators.indicator_code
        left join duties
            on duties.level = units.reporting_level
                and duties.epoch_start_date = epochs.epoch_start_date
                and duties.indicator_code = indicators.indicator_code
        where units.rollup_level = '{{ level }}'

    ),

    {{ level }}_owing as (

        select
            unit_key,
            level,
            epoch_start_date,
            indicator_code,
            parts_owing,
            parts_kinds,
            own_owing,
            owing_when_silent,
            case
                when aggregation = 'none' then own_kind
                when rollup = 'own_plus_children' then parts_kinds | own_kind
                when own_kind > 0 then own_kind
                else parts_kinds
            end as kinds_when_silent
        from {{ level }}_owing_by_kind

    ),
{% endfor %}
all_levels as (

    select * from holder_owing
    union all
    select * from district_owing
    union all
    select * from province_owing
    union all
    select * from country_owing

)

select * from all_levels
