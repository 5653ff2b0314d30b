"""The contracts: one .yml a form in this folder, and nothing else says which forms there are.

Template, reader, checks and documentation are made from what is loaded here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

from warehouse.text.vietnamese import fold

FORMS_DIR = Path(__file__).resolve().parent
COLUMN_TYPES = ("unit", "period", "indicator", "code", "text", "number", "integer", "date", "list", "phase")
_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class PrivateFor:
    """The column names a person where another column has this value, and then only a code is kept."""

    column: str
    value: str


@dataclass(frozen=True)
class When:
    """Where another column has one of these values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column of a form. A `helper` is read to check or to find another column, and is not kept.

    Between columns: a date is `not_before` others; a count is `not_above` another, or the `sum_of` its parts;
    a cell is `expected_for` some values of another column (its absence is told), or `not_kept_for` them.
    """

    name: str
    type: str
    heading_vi: str
    heading_en: str
    help_vi: str
    width: int
    aliases: tuple[str, ...] = ()
    required: bool = False
    prefilled: bool = False
    helper: bool = False
    in_template: bool = True
    list: str | None = None
    values: MappingProxyType[str, str] | None = None
    min: float | date | None = None
    max: float | date | None = None
    not_in_future: bool = False
    max_years_ahead: int | None = None
    not_before: tuple[str, ...] = ()
    not_above: str | None = None
    sum_of: tuple[str, ...] = ()
    expected_for: When | None = None
    not_kept_for: When | None = None
    is_private_for: PrivateFor | None = None

    def __post_init__(self) -> None:
        if self.type not in COLUMN_TYPES:
            raise ValueError(f"column {self.name}: type {self.type!r} is none of {', '.join(COLUMN_TYPES)}")
        if self.type == "list" and not (self.list or self.values):
            raise ValueError(f"column {self.name}: a list needs `list` (a seed) or `values`")

    @property
    def named_columns(self) -> set[str]:
        """The other columns of the form that this one's declaration names."""
        conditions = (self.expected_for, self.not_kept_for, self.is_private_for)
        names = {*self.not_before, *self.sum_of, *(when.column for when in conditions if when)}
        return names | {self.not_above} if self.not_above else names


@dataclass(frozen=True)
class HistoryCheck:
    """A question to what was sent before; `params` are its thresholds. What it asks: `warehouse.intake.history`."""

    name: str
    params: MappingProxyType[str, Any]


@dataclass(frozen=True)
class Form:
    """One form. `atom` is `whole` (a unit's period stands or falls together) or `record` (each row by itself).

    `key` tells rows apart; `dated_by` is the column that says when (a period, or a date whose month counts), and
    `dated_by_otherwise` stands in where that one is blank; a record without a key gets one made of `key_from`, in
    which the first given of a group counts; with `successor_may_report` a unit may report what is dated before its
    own beginning;
    `recognised_by` needs one column of each group in a header row; a row with nothing in `anchors` is no data,
    and one with nothing in `filled_by` was left blank.
    """

    code: str
    name_vi: str
    name_en: str
    purpose_vi: str
    purpose_en: str
    atom: Literal["whole", "record"]
    table: str
    key: tuple[str, ...]
    dated_by: str
    recognised_by: tuple[tuple[str, ...], ...]
    anchors: tuple[str, ...]
    filled_by: tuple[str, ...]
    how_to_fill_vi: str
    columns: tuple[Column, ...]
    checks: tuple[str, ...] = ()
    history_checks: tuple[HistoryCheck, ...] = ()
    key_prefix: str | None = None
    key_from: tuple[tuple[str, ...], ...] = ()
    dated_by_otherwise: str | None = None
    successor_may_report: bool = False
    blank_rows: int = field(default=0)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name, in the form's order."""
        return {column.name: column for column in self.columns}

    @cached_property
    def stored_columns(self) -> tuple[Column, ...]:
        """The form's own columns, as the contract lists them: all but the helpers."""
        return tuple(column for column in self.columns if not column.helper)

    def date_of(self, values: Mapping[str, Any]) -> date | None:
        """The day that a record bears; None where it bears none (or is reported for a period)."""
        day = values.get(self.dated_by)
        if day is None and self.dated_by_otherwise:
            day = values.get(self.dated_by_otherwise)
        return day

    @cached_property
    def headings(self) -> dict[str, str]:
        """Column name by every folded heading under which it is known."""
        known: dict[str, str] = {}
        for column in self.columns:
            for heading in (column.name, column.heading_vi, column.heading_en, *column.aliases):
                if known.setdefault(fold(heading), column.name) != column.name:
                    raise ValueError(f"form {self.code}: {heading!r} stands for two columns")
        return known


@lru_cache(maxsize=1)
def load_forms() -> dict[str, Form]:
    """All forms by code. Raises ValueError, naming the file, when a contract makes no sense."""
    forms = {}
    for path in sorted(FORMS_DIR.glob("*.yml")):
        with path.open(encoding="utf-8") as lines:
            raw = yaml.load(lines, Loader=_YamlLoader)  # noqa: S506 (a safe loader, the fast one where there is one)
        try:
            form = _form(raw)
        except (TypeError, ValueError, KeyError) as error:
            raise ValueError(f"{path.name}: {error}") from error
        forms[form.code] = form
    return forms


def load_form(code: str) -> Form:
    """One form. Raises KeyError, naming those that exist."""
    forms = load_forms()
    if code not in forms:
        raise KeyError(f"no form {code!r}; there are {', '.join(forms)}")
    return forms[code]


def _form(raw: dict[str, Any]) -> Form:
    columns = tuple(_column(column) for column in raw.pop("columns"))
    groups = tuple(tuple(group) for group in raw.pop("recognised_by"))
    lists: dict[str, Any] = {
        name: tuple(raw.pop(name, ())) for name in ("key", "anchors", "filled_by", "checks")
    }
    key_from = tuple(_names(part) for part in raw.pop("key_from", ()))
    history = tuple(
        HistoryCheck(check.pop("check"), MappingProxyType(check)) for check in raw.pop("history_checks", ())
    )
    form = Form(
        columns=columns, recognised_by=groups, key_from=key_from, history_checks=history, **lists, **raw
    )
    known = set(form.by_name)
    named = {
        form.dated_by,
        form.dated_by_otherwise or form.dated_by,
        *form.key,
        *form.anchors,
        *form.filled_by,
    }
    named |= {name for group in (*groups, *key_from) for name in group}
    named |= {name for column in columns for name in column.named_columns}
    if unknown := named - known:
        raise ValueError(f"names columns that it does not have: {', '.join(sorted(unknown))}")
    if not form.headings:
        raise ValueError("has no headings")
    return form


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    """One name, or several, as several."""
    return (value,) if isinstance(value, str) else tuple(value)


def _when(raw: dict[str, Any] | None) -> When | None:
    return When(raw["column"], tuple(raw["values"])) if raw else None


def _column(raw: dict[str, Any]) -> Column:
    aliases = tuple(raw.pop("aliases", ()))
    values = raw.pop("values", None)
    private = raw.pop("is_private_for", None)
    return Column(
        aliases=aliases,
        values=MappingProxyType(values) if values else None,
        is_private_for=PrivateFor(**private) if private else None,
        not_before=_names(raw.pop("not_before", ())),
        sum_of=_names(raw.pop("sum_of", ())),
        expected_for=_when(raw.pop("expected_for", None)),
        not_kept_for=_when(raw.pop("not_kept_for", None)),
        **raw,
    )
