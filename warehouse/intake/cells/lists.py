"""Finds the value of a list that a text means, by its code or a name, valid at the row's date and for its unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from warehouse.forms.contract import Column, Form
from warehouse.intake.cells.longer_names import Choices, longer_choice
from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.reference.context import Context
from warehouse.reference.units.register import UnitVersion
from warehouse.text.vietnamese import tone_key


class ListReading:
    """Finds the list values of one table's rows, and asks the reference each distinct question once."""

    def __init__(self, form: Form, context: Context) -> None:
        self._form = form
        self._reference = context.reference
        self._as_of_date = context.as_of_date
        self._answers: dict[tuple[Any, ...], tuple[str | None, Issue | None]] = {}

    def look_up(self, row: Row, column: Column) -> None:
        """Replace the text in a list column by the code of the value that it means."""
        text = row.values.get(column.name)
        if text is None:
            return
        on_date = self._form.date_of(row.values) or self._as_of_date
        question = (column.name, text, on_date, row.unit and row.unit.unit_key)
        if question not in self._answers:
            self._answers[question] = self._ask_list(column, text, on_date, row.unit)
        row.values[column.name], issue = self._answers[question]
        if issue is not None:
            row.issues.append(issue)

    def _ask_list(
        self, column: Column, text: str, on_date: date, unit: UnitVersion | None
    ) -> tuple[str | None, Issue | None]:
        if column.values is not None:
            choices: Choices = {code: (name,) for code, name in column.values.items()}
            everywhere = choices
        else:
            assert column.list is not None  # noqa: S101 (the contract says so)
            items = self._reference.list_items_at(column.list, on_date, unit)
            choices = {item.code: (item.name_vi, *item.other_names) for item in items}
            everywhere = {
                item.code: (item.name_vi, *item.other_names)
                for item in self._reference.list_items(column.list)
            }
        code = _choice(choices, text)
        if code:
            return code, None
        code = longer_choice(choices, column.list, text)
        if code:
            return code, Issue("list_value_read_as", column.name, text, choices[code][0])
        params = {"choices": "; ".join(names[0] for names in choices.values()), "on_date": as_text(on_date)}
        rule = "list_value_not_valid" if _choice(everywhere, text) else "list_value_unknown"
        return None, Issue(rule, column.name, text, params=params)


def _choice(choices: Choices, text: str) -> str | None:
    """Return the code of a choice by its code, a name, or words that end only one Vietnamese name (`Kinh tế` for
    `Phát triển kinh tế`, `Tỉnh` for `Cấp tỉnh`)."""
    key = tone_key(text)
    for code, names in choices.items():
        if any(key == tone_key(name) for name in (code, *names)):
            return code
    ending = [code for code, names in choices.items() if tone_key(names[0]).endswith(f" {key}")]
    return ending[0] if len(ending) == 1 else None
