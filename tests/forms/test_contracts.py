"""The contracts: columns as agreed with others, headings that name one column, pages up to date."""

from __future__ import annotations

import pytest

from warehouse.forms import contract
from warehouse.forms.contract import load_form, load_forms
from warehouse.forms.documentation import DOCS_DIR, page
from warehouse.intake.checks.registry import CHECKS, checks_of
from warehouse.settings import PROJECT_DIR
from warehouse.text.vietnamese import fold

# As the contract with outside readers lists them; TD says the level of an award besides.
AGREED = {
    "BC": "unit_code, period, indicator_code, numerator, denominator, value, note",
    "DK": "unit_code, model_code, model_name, kind, field_code, phase, level, registered_date, holder_name, "
    "situation, objective, measure, baseline, target, due_date, content, area, beneficiaries, lead_force, "
    "partner_forces, resources, start_date, end_date, outputs, sustainability, resolution_no",
    "TD": "unit_code, model_code, event_date, event, result_value, decision_no, decision_body, award_kind, "
    "award_level, note",
    "HD": "unit_code, activity_code, activity_type, planned_date, activity_date, level, host_role, participants, "
    "topic_code, conclusions, note",
    "VB": "unit_code, document_no, document_date, issuing_body, title, received_date, disseminated_date, "
    "organisations_total, organisations_done, participants",
    "KN": "unit_code, item_code, source_type, source_date, category, statement, cause, remedy, "
    "responsible_unit_code, due_date, status, closed_date",
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


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ({"type": "colour"}, "type 'colour' is none of"),
        ({"type": "list"}, "a list needs"),
    ],
)
def test_a_contract_that_makes_no_sense_is_refused(column: dict[str, str], reason: str) -> None:
    words = {"name": "x", "heading_vi": "x", "heading_en": "x", "help_vi": "x.", "width": 10}
    with pytest.raises(ValueError, match=reason):
        contract.Column(**words, **column)  # type: ignore[arg-type]


def test_a_contract_that_names_a_column_it_does_not_have_is_refused() -> None:
    """Between columns too: `not_above`, `sum_of`, `not_before`, `expected_for`, `not_kept_for`, groups of `key_from`."""
    words = {"heading_vi": "x", "heading_en": "x", "help_vi": "x.", "width": 10}
    named = [
        {"not_above": "absent"},
        {"sum_of": ["absent"]},
        {"not_before": "absent"},
        {"expected_for": {"column": "absent", "values": ["y"]}},
        {"not_kept_for": {"column": "absent", "values": ["y"]}},
    ]
    for declaration in named:
        raw = {
            **dict.fromkeys(("code", "name_vi", "name_en", "purpose_vi", "purpose_en", "table"), "x"),
            **{
                "atom": "record",
                "key": ["x"],
                "dated_by": "x",
                "recognised_by": [["x"]],
                "how_to_fill_vi": "x",
            },
            "columns": [{"name": "x", "type": "text", **words, **declaration}],
        }
        with pytest.raises(ValueError, match="absent"):
            contract._form(raw)
