"""The contracts: columns as agreed with others, errors that name file and field, pages and schema up to date."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from warehouse.forms import contract
from warehouse.forms.contract import Form, load_form, load_forms
from warehouse.forms.documentation import DOCS_DIR, SCHEMA_PATH, page, schema
from warehouse.intake.checks.registry import CHECKS, checks_of
from warehouse.settings import PROJECT_DIR
from warehouse.text.vietnamese import fold

# The columns that the contract with outside readers lists; TD has the level of an award besides, DK the level above
# and the campaign, HD the campaign.
AGREED = {
    "BC": "unit_code, period, indicator_code, numerator, denominator, value, note",
    "DK": "unit_code, model_code, model_name, kind, field_code, phase, level, registered_date, holder_name, "
    "situation, objective, measure, baseline, target, due_date, content, area, beneficiaries, lead_force, "
    "partner_forces, resources, start_date, end_date, outputs, sustainability, resolution_no, "
    "registered_for_level, campaign_code",
    "TD": "unit_code, model_code, event_date, event, result_value, decision_no, decision_body, award_kind, "
    "award_level, note",
    "HD": "unit_code, activity_code, activity_type, planned_date, activity_date, level, host_role, participants, "
    "topic_code, conclusions, subject_unit_code, document_no, co_hosts, note, campaign_code",
    "VB": "unit_code, document_no, document_date, issuing_body, title, received_date, disseminated_date, "
    "organisations_total, organisations_done, participants, document_kind, document_origin, parent_document_no, "
    "owner_unit_code, task_count, tasks_done, due_date",
    "KN": "unit_code, item_code, source_type, source_date, category, statement, cause, remedy, "
    "responsible_unit_code, due_date, status, closed_date, activity_code",
    "TX": "unit_code, period, division, rated_count, outstanding_count, good_count, completed_count, "
    "not_completed_count, rewarded_count, disciplined_count",
}


@pytest.mark.parametrize("code", AGREED)
def test_columns_are_those_agreed(code: str) -> None:
    assert [column.name for column in load_form(code).stored_columns] == AGREED[code].split(", ")


def test_the_folder_is_the_list_of_forms() -> None:
    assert set(load_forms()) == set(AGREED)
    assert list(load_forms()) == sorted(path.stem.upper() for path in contract.FORMS_DIR.glob("*.yml"))
    with pytest.raises(KeyError, match="no form 'XX'"):
        load_form("XX")


@pytest.mark.parametrize("code", load_forms())
def test_every_heading_names_one_column_and_every_check_exists(code: str) -> None:
    form = load_form(code)
    seeds = {path.stem for path in (PROJECT_DIR / "dbt_project" / "seeds").glob("*.csv")}
    assert {column.list for column in form.columns if column.list} <= seeds
    for column in form.columns:
        for heading in (column.name, column.heading_vi, column.heading_en, *column.aliases):
            assert form.headings[fold(heading)] == column.name
        assert column.help_vi.endswith(".")
    assert len(checks_of(form)) == len(form.checks)
    assert set(form.checks) <= set(CHECKS)


@pytest.mark.parametrize("code", load_forms())
def test_the_committed_page_is_the_generated_one(code: str) -> None:
    path = DOCS_DIR / f"{code}.md"
    assert path.read_text(encoding="utf-8") == page(load_form(code)), (
        "run: python -m warehouse.forms.documentation"
    )


@pytest.mark.parametrize("code", load_forms())
def test_editors_accept_the_contract_by_the_schema_that_it_names(code: str) -> None:
    text = (contract.FORMS_DIR / f"{code.lower()}.yml").read_text(encoding="utf-8")
    named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    # JSON knows no dates: an editor reads them as text.
    declared = json.loads(json.dumps(yaml.safe_load(text), default=str))
    jsonschema.validate(declared, json.loads((contract.FORMS_DIR / named).read_text(encoding="utf-8")))


def test_the_committed_schema_is_the_generated_one() -> None:
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema(), "run: python -m warehouse.forms.documentation"


COLUMN = {
    "name": "sent_on",
    "type": "date",
    "heading_vi": "Ngày",
    "heading_en": "Day",
    "help_vi": "Ngày.",
    "width": 9,
}
FORM = {
    **dict.fromkeys(("name_vi", "name_en", "purpose_vi", "purpose_en", "how_to_fill_vi"), "x"),
    **{"code": "ZZ", "is_accepted_whole": False, "table": "zz_rows", "key": "sent_on", "dated_by": "sent_on"},
    **{"recognised_by": ["sent_on"], "anchors": ["sent_on"], "filled_by": ["sent_on"]},
    "columns": [COLUMN],
}
WHEN = {"column": "absent", "values": ["y"]}


def read(folder: Path, form: dict[str, Any]) -> Form:
    """Return the form as it is read from a file `zz.yml`."""
    path = folder / "zz.yml"
    path.write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
    return contract.read_form(path)


def test_a_contract_has_the_types_that_it_declares(tmp_path: Path) -> None:
    bounds = {"min": date(2009, 1, 1), "not_before": "sent_on"}
    number = COLUMN | {
        "name": "n",
        "type": "number",
        "heading_vi": "Số",
        "heading_en": "Number",
        "min": 0,
        "max": 1.5,
    }
    form = read(tmp_path, FORM | {"columns": [COLUMN | bounds, number]})
    day, count = form.columns
    assert (day.min, day.not_before, form.key) == (date(2009, 1, 1), ("sent_on",), ("sent_on",))
    assert (type(count.min), count.min, count.max) == (int, 0, 1.5)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (
            {"columns": [COLUMN | {"type": "colour"}]},
            r"zz\.yml: columns\.sent_on\.type: Input should be 'unit', .*",
        ),
        (
            {"columns": [COLUMN | {"type": "list"}]},
            r"zz\.yml: columns\.sent_on: .*a list needs `list` \(a seed\)",
        ),
        (
            {"columns": [COLUMN | {"colour": "red"}]},
            r"zz\.yml: columns\.sent_on\.colour: Extra inputs are not",
        ),
        ({"atom": "whole"}, r"zz\.yml: atom: Extra inputs are not permitted"),
        (
            {"width": None, "table": 7},
            r"zz\.yml: table: Input should be a valid string\nzz\.yml: width: Extra",
        ),
        (
            {"history_checks": [{"check": "guess"}]},
            r"zz\.yml: history_checks\.0: .*'guess'.*'held_stays_held'",
        ),
        (
            {"history_checks": [{"check": "held_stays_held", "days": 3}]},
            r"zz\.yml: history_checks\.0\.held_stays_held\.days: Extra inputs are not permitted",
        ),
        (
            {"columns": [COLUMN, COLUMN | {"name": "other"}]},
            r"zz\.yml: .*heading 'Ngày' stands for two columns",
        ),
    ],
)
def test_a_contract_that_makes_no_sense_is_refused_with_file_and_field(
    tmp_path: Path, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        read(tmp_path, FORM | changed)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"dated_by": "absent"}, "dated_by"),
        ({"dated_by_otherwise": "absent"}, "dated_by_otherwise"),
        ({"key": ["absent"]}, "key"),
        ({"anchors": ["absent"]}, "anchors"),
        ({"filled_by": ["absent"]}, "filled_by"),
        ({"recognised_by": [["sent_on", "absent"]]}, "recognised_by"),
        ({"key_from": [["sent_on", "absent"]]}, "key_from"),
        ({"columns": [COLUMN | {"not_above": "absent"}]}, "columns.sent_on.not_above"),
        ({"columns": [COLUMN | {"not_before": "absent"}]}, "columns.sent_on.not_before"),
        ({"columns": [COLUMN | {"sum_of": ["absent"]}]}, "columns.sent_on.sum_of"),
        ({"columns": [COLUMN | {"expected_for": WHEN}]}, "columns.sent_on.expected_for"),
        ({"columns": [COLUMN | {"not_kept_for": WHEN}]}, "columns.sent_on.not_kept_for"),
        (
            {"columns": [COLUMN | {"is_private_for": {"column": "absent", "value": "y"}}]},
            "columns.sent_on.is_private_for",
        ),
    ],
)
def test_a_contract_that_names_a_column_it_does_not_have_is_refused(
    tmp_path: Path, changed: dict[str, Any], place: str
) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(place)} names 'absent': the form has no such column"):
        read(tmp_path, FORM | changed)
