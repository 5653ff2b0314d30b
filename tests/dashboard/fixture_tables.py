"""The columns and types of the published tables, read from the yml of the marts: the fixture cannot drift from them."""

from __future__ import annotations

import yaml

from warehouse.settings import PROJECT_DIR

MARTS = PROJECT_DIR / "dbt_project" / "models" / "marts"
FILLED = (
    "dim_indicators",
    "dim_list_items",
    "dim_model_fields",
    "dim_periods",
    "dim_province_tiles",
    "dim_resolutions",
    "dim_targets",
    "dim_unit_parents",
    "dim_unit_successions",
    "dim_units",
    "fct_activities",
    "fct_indicator_values",
    "fct_model_events",
    "fct_model_registrations",
    "fct_submission_findings",
    "fct_submissions",
    "rpt_figure_lineage",
    "rpt_indicator_series",
    "rpt_lateness",
    "rpt_model_funnel",
    "rpt_party_totals",
    "rpt_phase_reviews",
    "rpt_unit_benchmarks",
    "rpt_resolution_progress",
)
"""The tables that the fixture fills; the pages read no other."""


def published_columns() -> dict[str, list[str]]:
    """Return `column type` for each column of every mart, as the yml of the marts declares them."""
    found = {
        model["name"]: [f"{column['name']} {column['data_type']}" for column in model["columns"]]
        for path in sorted(MARTS.rglob("*.yml"))
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
    }
    assert found, f"no model is described below {MARTS}"
    return found


TABLES = {name: columns for name, columns in published_columns().items() if name in FILLED}
