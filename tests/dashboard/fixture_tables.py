"""The published tables that the dashboard reads: the contract's columns and the few that were agreed beside them."""

from __future__ import annotations

FIGURES = ["numerator double", "denominator double", "value double"]

TABLES = {
    "dim_units": [
        "unit_key varchar", "unit_code varchar", "unit_name varchar", "level varchar", "unit_type varchar",
        "parent_unit_key varchar", "province_code varchar", "current_unit_key varchar",
        "current_province_code varchar", "series_key varchar", "valid_from date", "valid_to date",
        "is_current boolean",
    ],
    "dim_unit_successions": [
        "from_unit_key varchar", "to_unit_key varchar", "effective_date date", "kind varchar", "share double",
        "share_source varchar",
    ],
    "dim_indicators": [
        "indicator_code varchar", "indicator_name_vi varchar", "indicator_name_en varchar", "unit varchar",
        "unit_en varchar", "numerator_vi varchar", "denominator_vi varchar", "direction varchar",
        "frequency varchar", "is_rate boolean", "aggregation varchar",
        "rollup varchar", "is_panel boolean", "panel_code varchar", "sort_order integer", "source varchar",
    ],
    "dim_targets": [
        "indicator_code varchar", "scope_unit_key varchar", "operator varchar", "target_value double",
        "valid_from date", "valid_to date", "source varchar", "is_simulated boolean",
    ],
    "dim_periods": [
        "period_code varchar", "period_type varchar", "period_start_date date", "period_end_date date",
        "is_cumulative boolean", "previous_period_code varchar", "same_period_last_year_code varchar",
    ],
    "dim_province_tiles": [
        "province_code varchar", "tile_row integer", "tile_column integer", "label varchar", "unit_key varchar",
        "unit_name varchar",
    ],
    "dim_model_fields": [
        "field_code varchar", "field_name_vi varchar", "field_name_en varchar", "sort_order integer",
    ],
    "fct_submissions": [
        "submission_id varchar", "form varchar", "unit_key varchar", "period_code varchar", "revision bigint",
        "received_at timestamp", "due_date date", "is_on_time boolean", "status varchar", "file_name varchar",
        "file_sha256 varchar", "row_count bigint", "error_count bigint", "warning_count bigint",
        "is_simulated boolean",
    ],
    "fct_submission_findings": [
        "submission_id varchar", "sheet varchar", "cell varchar", "column_name varchar", "severity varchar",
        "rule_code varchar", "message_vi varchar", "message_en varchar", "found_value varchar",
        "suggested_value varchar",
    ],
    "fct_indicator_values": [
        "unit_key varchar", "indicator_code varchar", "period_code varchar", "revision bigint", *FIGURES,
        "known_from timestamp", "known_to timestamp", "submission_id varchar", "sheet varchar", "cell varchar",
    ],
    "rpt_indicator_series": [
        "lens varchar", "level varchar", "unit_key varchar", "unit_name varchar", "parent_unit_key varchar",
        "province_code varchar", "indicator_code varchar", "period_code varchar", "period_type varchar",
        "period_end_date date", *FIGURES, "value_low double", "value_high double", "reporting_units bigint",
        "expected_units bigint", "coverage_ratio double", "bound_low double", "bound_high double",
        "target_operator varchar", "target_value double", "is_target_simulated boolean", "verdict varchar",
        "gap_cases bigint", "previous_value double", "change double", "trend varchar", "rank_low bigint",
        "rank_high bigint", "ranked_units bigint", "is_estimated boolean", "is_simulated boolean",
    ],
    "fct_model_registrations": [
        "model_code varchar", "unit_key varchar", "current_unit_key varchar", "model_name varchar", "kind varchar",
        "field_code varchar", "phase varchar", "level varchar", "registered_date date", "current_step varchar",
        "recognised_date date", "awarded_date date", "status varchar", "days_in_step bigint", "is_open boolean",
        "quality_score bigint", "missing_elements varchar", "similar_model_code varchar", "similarity double",
        "is_simulated boolean",
    ],
    "rpt_model_funnel": [
        "lens varchar", "unit_key varchar", "phase varchar", "field_code varchar", "kind varchar",
        "registered_count bigint", "recognised_count bigint", "awarded_count bigint", "replicated_count bigint",
        "units_with_models bigint", "units_total bigint", "is_simulated boolean",
    ],
}  # fmt: skip
