"""The column of another table that a column is joined to: foreign keys, by the naming rules of the project.

dbt tests some of them in each build; a test of the project holds all of them against a release that was really built.
"""

from __future__ import annotations

from collections.abc import Mapping

_BY_END_OF_NAME = {
    "unit_key": "dim_units.unit_key",
    "period_code": "dim_periods.period_code",
    "indicator_code": "dim_indicators.indicator_code",
    "submission_id": "fct_submissions.submission_id",
    "scorecard_code": "dim_scorecards.scorecard_code",
    "field_code": "dim_model_fields.field_key",
    "release_id": "rpt_releases.release_id",
}
# A registration names a resolution in the sender's own words, so that the name of the column alone does not make a key.
_BY_COLUMN = {
    f"{table}.resolution_no": "dim_resolutions.resolution_no"
    for table in ("dim_resolution_tasks", "rpt_resolution_progress")
}
_LIST_ITEM = "dim_list_items.list_item_key"
# The list of each column with a code of a list; a table's own entry goes before the common one.
_LISTS: Mapping[str, str] = {
    "activity_level": "model_levels",
    "activity_type": "activity_types",
    "award_kind": "award_kinds",
    "award_level": "award_levels",
    "campaign_code": "campaigns",
    "category": "issue_categories",
    "current_step": "model_steps",
    "document_kind": "document_kinds",
    "event": "model_steps",
    "fct_activities.level": "model_levels",
    "fct_commitments.status": "item_states",
    "fct_model_registrations.level": "model_levels",
    "host_role": "host_roles",
    "model_level": "model_levels",
    "registered_for_level": "model_levels",
    "step_code": "model_steps",
    "topic_code": "topics",
    "v_promises.status": "item_states",
}


def joined_to(table: str, column: str) -> str | None:
    """Return `table.column` that the column is joined to; None where it is no foreign key, or is the key itself."""
    by_name = (target for end, target in _BY_END_OF_NAME.items() if column.endswith(end))
    target = _BY_COLUMN.get(f"{table}.{column}", next(by_name, None))
    return None if target in {f"{table}.{column}", f"{table}.field_key"} else target


def list_of(table: str, column: str) -> str | None:
    """Return the name of the list that the column's codes are of; None where it has none."""
    return _LISTS.get(f"{table}.{column}", _LISTS.get(column))


def list_item_join(list_name: str) -> str:
    """Return how a code of that list is joined: `dim_list_items.list_item_key = 'topics:' || …`."""
    return f"{_LIST_ITEM} = '{list_name}:' || …"
