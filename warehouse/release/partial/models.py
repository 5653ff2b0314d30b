"""The dbt models that builds of some provinces know, and the rows of a mart that such a build gives.

A dbt model that is not listed here makes every build whole. Before you list one, think what it gives when the figures of most
provinces are missing: a mart of units goes into `ROWS_OF_SCOPE` with the rows that are right all the same; a mart that is
built from everything goes into `TAKEN_WHOLE`; an intermediate dbt model is listed once the marts made of it are right. The test
"every table is that of a whole build" in tests/marts/test_partial.py has the last word.
"""

from __future__ import annotations

from pathlib import Path

_UNITS = "unit_key in (select unit_key from in_scope)"
_UNITS_AND_PROVINCES = "unit_key in (select unit_key from in_scope_with_provinces)"
# Marts that come from figures of units, with the rows that a build of some provinces gives. A province among provinces is ranked
# and weighed anew when any of them changes.
ROWS_OF_SCOPE = {
    "fct_indicator_values": _UNITS,
    "rpt_change_decomposition": _UNITS,
    "rpt_gap_holders": _UNITS_AND_PROVINCES,
    # The provinces' own figures are all there, of communes those of the provinces in scope.
    "rpt_group_values": "(level = 'province' or scope_unit_key in (select unit_key from in_scope))",
    "rpt_indicator_limits": _UNITS_AND_PROVINCES,
    "rpt_indicator_series": _UNITS_AND_PROVINCES,
    "rpt_model_reconciliation": _UNITS,
    # A committee adds up what lies below it in its own province.
    "rpt_party_totals": _UNITS,
    # Counts of models are whole; the figures reported beside them are those of the scope.
    "rpt_phase_reviews": _UNITS,
    # Registrations are compared across the country, and all of them are built.
    "rpt_plausibility_flags": f"({_UNITS} or rule_code = 'near_duplicate')",
    "rpt_reported_and_recorded": _UNITS_AND_PROVINCES,
    "rpt_resolution_progress": _UNITS,
    "rpt_scorecard_points": _UNITS_AND_PROVINCES,
    "rpt_scorecard_ranks": _UNITS_AND_PROVINCES,
    "rpt_scorecards": _UNITS_AND_PROVINCES,
}
# Marts that are built from everything and are taken as they are.
TAKEN_WHOLE = frozenset({
    "dim_indicators", "dim_list_items", "dim_model_fields", "dim_periods", "dim_province_tiles",
    "dim_resolution_tasks", "dim_resolutions", "dim_scorecard_bands", "dim_scorecard_criteria", "dim_scorecard_steps",
    "dim_scorecards", "dim_targets",
    "dim_unit_groups", "dim_unit_parents", "dim_unit_parts", "dim_unit_successions", "dim_units",
    "fct_activities", "fct_commitments", "fct_documents", "fct_model_events",
    "fct_model_registrations", "fct_ratings", "fct_submission_findings", "fct_submissions", "rpt_activities",
    "rpt_commitments", "rpt_documents", "rpt_lateness", "rpt_model_awards", "rpt_model_funnel", "rpt_model_questions",
    "rpt_model_reach", "rpt_model_similarities", "rpt_model_step_durations", "rpt_obligations", "rpt_ratings",
    "rpt_releases", "rpt_reporting_rates", "rpt_restatements",
})  # fmt: skip
INTERMEDIATE = frozenset({
    "int_activities", "int_binomial_tails", "int_change_carried", "int_change_child_changes",
    "int_change_child_sums", "int_change_inside", "int_change_pairs", "int_change_principals", "int_change_rates",
    "int_change_totals", "int_commitment_activities", "int_commitment_owners", "int_commitments", "int_document_chains",
    "int_document_links", "int_documents", "int_due_dates",
    "int_figures_from_records", "int_figures_to_compare", "int_indicator_duties", "int_indicator_values",
    "int_indicators", "int_map_day", "int_model_events", "int_model_events_latest", "int_model_near_duplicates",
    "int_model_periods", "int_model_placements", "int_model_progress", "int_model_register_counts",
    "int_model_registrations", "int_model_similarities", "int_model_step_times", "int_model_text_pairs",
    "int_model_text_phrases", "int_model_text_positions", "int_model_text_signatures", "int_model_text_words",
    "int_model_texts", "int_model_unit_lines", "int_model_unit_totals", "int_models_held", "int_new_reports",
    "int_model_results", "int_model_runs", "int_phase_review_counts",
    "int_obligation_duties", "int_obligation_heirs", "int_obligation_starts", "int_obligations",
    "int_party_parts", "int_party_values", "int_party_ways", "int_periods",
    "int_periods_without_trend", "int_plausibility_figures",
    "int_plausibility_peers", "int_plausibility_reports", "int_populations", "int_questions",
    "int_questions_on_components", "int_questions_on_corrections", "int_questions_on_cumulative_periods",
    "int_questions_on_full_runs", "int_questions_on_other_units", "int_questions_on_panels",
    "int_questions_on_records", "int_questions_on_registrations", "int_questions_on_repeated_figures",
    "int_questions_on_round_numbers", "int_questions_on_self_scores", "int_questions_on_totals",
    "int_questions_on_volumes", "int_questions_on_whole_reports", "int_ratings", "int_record_scopes",
    "int_recorded_models", "int_recorded_records", "int_recorded_values", "int_resolution_holders", "int_resolution_tasks",
    "int_scope_targets", "int_scorecard_units", "int_scorecards", "int_series", "int_series_answers", "int_series_as_reported",
    "int_series_current_boundaries", "int_series_figures", "int_series_lines",
    "int_series_neighbours", "int_series_parts", "int_series_points", "int_series_ranks", "int_series_segments",
    "int_series_signals",
    "int_series_units", "int_series_verdicts", "int_silent_denominators", "int_single_successors", "int_submissions",
    "int_targets", "int_unchanged_units", "int_unit_ancestors", "int_unit_change_dates", "int_unit_descents",
    "int_unit_epochs", "int_unit_parents", "int_unit_paths_to_current", "int_unit_placements",
    "int_unit_rate_periods", "int_unit_segments", "int_unit_successions", "int_unit_target_scopes", "int_units",
    "int_units_owing", "int_values_in_force", "int_volume_deviations", "int_working_days",
})  # fmt: skip
# Views over the marts above; each release has them anew.
VIEWS = frozenset({
    "dim_unit_peers", "rpt_figure_lineage", "rpt_unit_benchmarks", "v_activities", "v_changes", "v_figures",
    "v_latest_figures", "v_model_steps", "v_models",
    "v_promises", "v_questions", "v_reports_owed",
})  # fmt: skip
_KNOWN = INTERMEDIATE | TAKEN_WHOLE | VIEWS | ROWS_OF_SCOPE.keys()
_LAYERS = ("intermediate", "marts")


def unknown_models(dbt_project_dir: Path) -> list[str]:
    """Return the names of the project's dbt models that are not listed here."""
    names = {path.stem for layer in _LAYERS for path in (dbt_project_dir / "models" / layer).rglob("*.sql")}
    return sorted(names - _KNOWN)
