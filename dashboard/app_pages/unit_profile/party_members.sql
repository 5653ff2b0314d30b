-- One row per unit directly below the unit in the party, with its latest figures of models and of cells briefed.
with members as (
    select
        parents.unit_key,
        parents.unit_name,
        max(parents.valid_to) filter (where parents.valid_to is not null) as valid_to,
        max(parents.valid_from) as valid_from
    from marts.dim_unit_parents as parents
    where parents.hierarchy = 'party' and parents.parent_unit_key = $unit_key
    group by parents.unit_key, parents.unit_name
)

select
    members.unit_key, members.unit_name, members.valid_from, members.valid_to,
    max_by(totals.period_code, totals.period_end_date) filter (where totals.indicator_code = 'DVK_DK_GN') as models_period,
    max_by(totals.value, totals.period_end_date) filter (where totals.indicator_code = 'DVK_DK_GN') as models_value,
    max_by(totals.period_code, totals.period_end_date) filter (where totals.indicator_code = 'QT_CB') as cells_period,
    max_by(totals.value, totals.period_end_date) filter (where totals.indicator_code = 'QT_CB') as cells_value,
    coalesce(bool_or(totals.is_simulated), false) as is_simulated
from members
left join marts.rpt_party_totals as totals
    on totals.unit_key = members.unit_key
        and totals.indicator_code in ('DVK_DK_GN', 'QT_CB')
        and totals.period_end_date <= coalesce(members.valid_to, date '9999-12-31')
group by members.unit_key, members.unit_name, members.valid_from, members.valid_to
order by members.valid_to desc nulls first, members.unit_name
