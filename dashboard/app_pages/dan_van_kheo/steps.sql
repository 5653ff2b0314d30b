-- One row per event of a model, in the order of days, with its result and decision.
select
    events.event_date, steps.name_vi as event_vi, steps.name_en as event_en, events.result_value, events.decision_no
from marts.fct_model_events as events
left join marts.dim_list_items as steps on steps.list_item_key = concat('model_steps:', events.event)
where events.registered_unit_key = $unit_key and events.model_code = $model_code
order by events.event_date, steps.sort_order
