-- One row per model asked for: what it is about, as its unit registered it, and how its result stands to the target.
select
    models.model_code, models.model_name, models.kind, units.unit_name,
    models.situation, models.objective, models.measure, models.baseline, models.target, models.content, models.area,
    models.beneficiaries, models.lead_force, models.partner_forces, models.resources, models.outputs, models.sustainability,
    models.resolution_no, models.start_date, models.due_date,
    models.result_value, models.result_date, models.result_verdict, models.result_not_known_because,
    levels.name_vi as chosen_level_vi, levels.name_en as chosen_level_en,
    campaigns.name_vi as campaign_vi, campaigns.name_en as campaign_en,
    models.is_simulated
from marts.fct_model_registrations as models
inner join marts.dim_units as units on units.unit_key = models.unit_key
left join marts.dim_list_items as levels
    on models.is_chosen_above and levels.list_item_key = concat('model_levels:', models.registered_for_level)
left join marts.dim_list_items as campaigns on campaigns.list_item_key = concat('campaigns:', models.campaign_code)
where models.unit_key = $unit_key and models.model_code = $model_code
