-- Activities, documents, conclusions and remedies as figures of the unit that holds them at the period's end, of periods that
-- have ended. A rate counts cases that were done by a day, its own limit or else the period's end. A unit that sent activities
-- of a period and none of a kind has 0 of it; one that sent none at all has no figure.
with

held_activities as (

    select
        unit_key,
        activity_type,
        activity_date,
        is_simulated
    from {{ ref('int_activities') }}
    where activity_date is not null

),

commitments as (

    select
        items.unit_key,
        items.source_type,
        items.source_date,
        items.due_date,
        {{ add_days('items.source_date', 'limits.day_count') }} as answer_limit_date,
        case when items.status = 'closed' then items.closed_date end as done_date,
        items.is_simulated
    from {{ ref('int_commitments') }} as items
    left join {{ ref('handling_limits') }} as limits
        on limits.wait_type = 'answer' and {{ is_in_force('limits', 'items.source_date') }}
    where items.status <> 'cancelled'

),

documents as (

    select
        reported.unit_key,
        reported.document_date,
        reported.received_date,
        reported.disseminated_date,
        {{ add_days('reported.document_date', dissemination_limit_days()) }} as limit_date,
        {{ add_days('reported.received_date', 'limits.day_count') }} as pass_on_limit_date,
        {{ is_to_disseminate('reported') }} as is_to_disseminate,
        reported.due_date,
        reported.task_count,
        coalesce(reported.tasks_done, 0) as tasks_done,
        reported.organisations_total,
        reported.organisations_done,
        reported.is_simulated
    from {{ ref('int_documents') }} as reported
    left join {{ ref('handling_limits') }} as limits
        on limits.wait_type = 'disseminate' and {{ is_in_force('limits', 'reported.received_date') }}

),

cases as (

    {% for indicator, kind in [('DT_SO_GN', 'dialogue'), ('TIEPDAN_GN', 'reception')] %}
        select
            '{{ indicator }}' as indicator_code,
            unit_key,
            activity_date as counted_date,
            activity_date as done_date,
            cast(null as date) as limit_date,
            case when activity_type = '{{ kind }}' then 1 else 0 end as done_count,
            cast(null as bigint) as case_count,
            is_simulated
        from held_activities
        union all
    {% endfor %}
    select
        'DT_KL_GN' as indicator_code,
        unit_key,
        source_date as counted_date,
        done_date,
        cast(null as date) as limit_date,
        1 as done_count,
        1 as case_count,
        is_simulated
    from commitments
    where source_type = 'dialogue'
    union all
    select
        'KN_DUNGHAN_GN' as indicator_code,
        unit_key,
        due_date as counted_date,
        done_date,
        due_date as limit_date,
        1 as done_count,
        1 as case_count,
        is_simulated
    from commitments
    where due_date < {{ as_of_date() }}
    union all
    select
        'VB_DUNGHAN_GN' as indicator_code,
        unit_key,
        document_date as counted_date,
        disseminated_date as done_date,
        limit_date,
        1 as done_count,
        1 as case_count,
        is_simulated
    from documents
    where is_to_disseminate and (disseminated_date is not null or limit_date < {{ as_of_date() }})
    union all
    select
        'QT_NQ_GN' as indicator_code,
        unit_key,
        document_date as counted_date,
        document_date as done_date,
        cast(null as date) as limit_date,
        organisations_done as done_count,
        organisations_total as case_count,
        is_simulated
    from documents
    where organisations_done <= organisations_total
    union all
    select
        'KN_TRALOI_GN' as indicator_code,
        unit_key,
        source_date as counted_date,
        done_date,
        answer_limit_date as limit_date,
        1 as done_count,
        1 as case_count,
        is_simulated
    from commitments
    where source_type in ('dialogue', 'reception') and (done_date is not null or answer_limit_date < {{ as_of_date() }})
    union all
    select
        'VB_TRIENKHAI_GN' as indicator_code,
        unit_key,
        received_date as counted_date,
        disseminated_date as done_date,
        pass_on_limit_date as limit_date,
        1 as done_count,
        1 as case_count,
        is_simulated
    from documents
    where is_to_disseminate and (disseminated_date is not null or pass_on_limit_date < {{ as_of_date() }})
    union all
    -- The form says how many tasks are done and not when, so that tasks done after the due date count too.
    select
        'VB_NHIEMVU_GN' as indicator_code,
        unit_key,
        due_date as counted_date,
        due_date as done_date,
        cast(null as date) as limit_date,
        tasks_done as done_count,
        task_count as case_count,
        is_simulated
    from documents
    where due_date < {{ as_of_date() }} and task_count > 0

),

in_periods as (

    select
        cases.indicator_code,
        cases.unit_key,
        periods.period_code,
        periods.epoch_start_date,
        case when cases.done_date <= coalesce(cases.limit_date, periods.period_end_date) then cases.done_count else 0 end
            as done_count,
        cases.case_count,
        cases.is_simulated
    from cases
    inner join {{ ref('recorded_indicators') }} as indicators on indicators.indicator_code = cases.indicator_code
    inner join {{ ref('int_periods') }} as periods
        on cases.counted_date between periods.period_start_date and periods.period_end_date
            and periods.period_end_date <= {{ as_of_date() }}
            and {{ is_owed_period_type('indicators.frequency', 'periods.period_type') }}

),

held as (

    {{ with_holders('in_periods') }}

)

select
    holder_unit_key as unit_key,
    indicator_code,
    period_code,
    case when sum(case_count) is not null then cast(sum(done_count) as double) end as numerator,
    cast(sum(case_count) as double) as denominator,
    case when sum(case_count) is null then cast(sum(done_count) as double) end as value,
    bool_or(is_simulated) as is_simulated
from held
where holder_unit_key is not null
group by holder_unit_key, indicator_code, period_code
having sum(case_count) is null or sum(case_count) > 0
