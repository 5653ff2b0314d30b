"""Judges numbers with words beside them by the row's indicator, and units of measure by the indicator's own."""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.reference.indicators import Indicator
from warehouse.reference.measures import is_plain_noun, judge
from warehouse.text.vietnamese import fold

UNIT_COLUMN = "unit_of_measure"


def settle_words(row: Row) -> None:
    """Take the number of `12 vụ` where its unit is the expected one, and 0 for `không phát sinh` where a count stands.

    Elsewhere the issue stays: in the parts of a rate "không" may as well mean that nothing was counted.
    """
    for index, issue in enumerate(row.issues):
        name = str(issue.column)
        if issue.rule == "number_zero_in_words":
            if _is_count(row, name):
                row.values[name] = 0 if _is_integer(row, name) else 0.0
                row.issues[index] = Issue("number_read_as_zero", name, issue.found, 0)
        elif issue.rule == "number_with_unit":
            row.issues[index] = _settle_unit(row, name, issue)


def _settle_unit(row: Row, name: str, issue: Issue) -> Issue:
    unit, number = str(issue.params["unit"]), issue.suggested
    assert isinstance(number, float)  # noqa: S101 (the issue is made so)
    verdict = judge(unit, row.indicator, name, _heading(row, name))
    # A noun that is no unit of measure is kept with a warning where an indicator says what is counted.
    is_noun = row.indicator is not None and is_plain_noun(unit)
    if verdict.fits or is_noun or number == 0:
        row.values[name] = int(number) if _is_integer(row, name) and number.is_integer() else number
        if verdict.fits or number == 0:
            return Issue("number_read_from_words", name, issue.found, number)
        params = {"unit": unit, "expected": _expected(row, name)}
        return Issue("number_of_other_things", name, issue.found, number, params)
    return _differs(row, name, issue.found, number, unit)


def ask_about_measure(row: Row) -> None:
    """Ask about the figures of a row whose own unit of measure, or that of the column or the table, is not the indicator's."""
    indicator = row.indicator
    if indicator is None:
        return
    own = clean_text(row.raw(UNIT_COLUMN))
    if own and any(map(str.isalpha, own)):
        if fold(own) != fold(indicator.unit_vi):
            _ask(row, indicator, dict.fromkeys(indicator.figures, own), "value")
    elif row.table.measures:
        _ask(row, indicator, row.table.measures, None)


def ask_about_headings(row: Row) -> None:
    """Ask about the numbers of a row without an indicator in a column whose heading names a multiple or a time."""
    for name, unit in row.table.measures.items():
        value = row.values.get(name)
        if value is not None and not judge(unit, None, name, _heading(row, name)).fits:
            row.issues.append(_differs(row, name, f"{as_text(value)} {unit}", float(value), unit))


def _ask(row: Row, indicator: Indicator, units: Mapping[str, str], column: str | None) -> None:
    for name in indicator.figures:
        unit = units.get(name)
        if unit is None or judge(unit, indicator, column or name).fits:
            continue
        value = row.values.get(name)
        found = f"{as_text(value)} {unit}" if isinstance(value, float) else unit
        row.issues.append(_differs(row, name, found, value if isinstance(value, float) else None, unit))


def _differs(row: Row, name: str, found: object, number: float | None, unit: str) -> Issue:
    factor = judge(unit, row.indicator, name).factor
    suggested = None if factor is None or number is None else round(number * factor, 6)
    expected = _expected(row, name)
    return Issue("unit_of_measure_differs", name, found, suggested, {"unit": unit, "expected": expected})


def _expected(row: Row, name: str) -> str:
    indicator = row.indicator
    if indicator is None:
        return row.table.form.by_name[name].heading_vi.lower()
    if name == "numerator":
        return indicator.numerator_vi.lower()
    return indicator.denominator_vi.lower() if name == "denominator" else indicator.unit_vi


def _heading(row: Row, name: str) -> str:
    return row.table.form.by_name[name].heading_vi


def _is_count(row: Row, name: str) -> bool:
    indicator = row.indicator
    return _is_integer(row, name) or (
        indicator is not None and not indicator.is_rate and indicator.is_whole and name == "value"
    )


def _is_integer(row: Row, name: str) -> bool:
    return row.table.form.by_name[name].type == "integer"
