"""The contracts: one .yml a form in this folder, and nothing else says which forms there are.

Template, reader, checks and documentation are made from the forms that are loaded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from warehouse.forms.columns import Column, Contract, Names, When
from warehouse.forms.history_checks import HistoryCheck
from warehouse.text.vietnamese import fold

__all__ = ["FORMS_DIR", "Column", "Form", "HistoryCheck", "When", "load_form", "load_forms", "read_form"]
FORMS_DIR = Path(__file__).resolve().parent
_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Form(Contract):
    """One form: its names, how its reports are accepted, and its columns."""

    code: str = Field(description="Two letters, also the name of the file.")
    name_vi: str
    name_en: str
    purpose_vi: str
    purpose_en: str
    is_accepted_whole: bool = Field(
        description="All rows of a unit and period are accepted or sent back together; otherwise each row by itself."
    )
    table: str = Field(description="The table of the raw store.")
    key: Names = Field(description="The columns that tell rows apart.")
    dated_by: str = Field(
        description="The column with the period, or with the date whose month is the period."
    )
    dated_by_otherwise: str | None = Field(
        None, description="The date that counts where `dated_by` is blank."
    )
    key_prefix: str | None = Field(
        None, description="How a key begins that the intake gives to a record without one."
    )
    key_from: tuple[Names, ...] = Field(
        (),
        description="The columns of which that key is made; of a group the first that is filled in counts.",
    )
    successor_may_report: bool = Field(
        False, description="A unit may report what is dated before its own beginning."
    )
    recognised_by: tuple[Names, ...] = Field(
        description="A header row has one column of each of these groups."
    )
    anchors: Names = Field(description="A row with nothing in these columns is no data.")
    filled_by: Names = Field(description="A row with nothing in these columns was left blank.")
    blank_rows: int = Field(0, description="How many empty rows the template has.")
    how_to_fill_vi: str = Field(description="The note above the table in the workbook.")
    columns: tuple[Column, ...]
    checks: Names = Field((), description="The form's own checks of a row, by their names in the intake.")
    history_checks: tuple[HistoryCheck, ...] = Field((), description="Questions about earlier reports.")

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name, in the form's order."""
        return {column.name: column for column in self.columns}

    @cached_property
    def stored_columns(self) -> tuple[Column, ...]:
        """The form's own columns, as the contract lists them: all but the helpers."""
        return tuple(column for column in self.columns if not column.helper)

    def date_of(self, values: Mapping[str, Any]) -> date | None:
        """The date of a record; None where it has none, or is reported for a period."""
        day = values.get(self.dated_by)
        if day is None and self.dated_by_otherwise:
            day = values.get(self.dated_by_otherwise)
        return day

    @cached_property
    def headings(self) -> dict[str, str]:
        """Column name by every folded heading under which it is known. Raises ValueError for a heading of two."""
        known: dict[str, str] = {}
        for column in self.columns:
            for heading in (column.name, column.heading_vi, column.heading_en, *column.aliases):
                if known.setdefault(fold(heading), column.name) != column.name:
                    raise ValueError(f"heading {heading!r} stands for two columns")
        return known

    @model_validator(mode="after")
    def _names_its_own_columns(self) -> Form:
        """Refuse a contract that names a column which it does not have, or one heading for two columns."""
        unknown = [
            f"{place} names {name!r}" for place, name in self._named_columns() if name not in self.by_name
        ]
        if unknown:
            raise ValueError(f"{'; '.join(unknown)}: the form has no such column")
        if not self.headings:
            raise ValueError("the form has no columns")
        return self

    def _named_columns(self) -> Iterator[tuple[str, str]]:
        """Pairs of a place in the contract and a column that is named there."""
        yield "dated_by", self.dated_by
        if self.dated_by_otherwise:
            yield "dated_by_otherwise", self.dated_by_otherwise
        for key in ("key", "anchors", "filled_by"):
            yield from ((key, name) for name in getattr(self, key))
        for key in ("recognised_by", "key_from"):
            yield from ((key, name) for group in getattr(self, key) for name in group)
        for column in self.columns:
            yield from ((f"columns.{column.name}.{key}", name) for key, name in column.named_columns())


@lru_cache(maxsize=1)
def load_forms() -> dict[str, Form]:
    """Return all forms by code. Raises ValueError, naming file and field, when a contract makes no sense."""
    forms = map(read_form, sorted(FORMS_DIR.glob("*.yml")))
    return {form.code: form for form in forms}


def load_form(code: str) -> Form:
    """Return one form. Raises KeyError, naming the forms that exist."""
    forms = load_forms()
    if code not in forms:
        raise KeyError(f"no form {code!r}; there are {', '.join(forms)}")
    return forms[code]


def read_form(path: Path) -> Form:
    """Read one contract. Raises ValueError, naming the file and the path of each field that is wrong."""
    with path.open(encoding="utf-8") as lines:
        raw = yaml.load(lines, Loader=_YamlLoader)  # noqa: S506 (a safe loader, the fast one where there is one)
    try:
        return Form.model_validate(raw)
    except ValidationError as error:
        wrong = [
            f"{path.name}: {_field_path(raw, found['loc'])}{found['msg']}"
            for found in error.errors(include_url=False)
        ]
        raise ValueError("\n".join(wrong)) from error


def _field_path(raw: Any, keys: tuple[int | str, ...]) -> str:
    """The path of a field, such as `columns.due_date.type: `; a column by its name, where it has one."""
    names = []
    for key in keys:
        try:
            raw = raw[key]
        except (KeyError, IndexError, TypeError):
            raw = None
        has_name = isinstance(key, int) and isinstance(raw, dict) and "name" in raw
        names.append(str(raw["name"] if has_name else key))
    return f"{'.'.join(names)}: " if names else ""
