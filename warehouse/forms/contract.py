"""The contracts: one .yml a form in this folder, and nothing else says which forms there are.

Template, reader, checks and documentation are made from what is loaded here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

from warehouse.text import fold

FORMS_DIR = Path(__file__).resolve().parent
COLUMN_TYPES = ("unit", "period", "indicator", "code", "text", "number", "integer", "date", "list", "phase")
_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class PrivateFor:
    """The column names a person where another column has this value, and then only a code is kept."""

    column: str
    value: str


@dataclass(frozen=True)
class Column:
    """One column of a form. A `helper` is read to check or to find another column, and is not kept."""

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
    not_before: str | None = None
    is_private_for: PrivateFor | None = None

    def __post_init__(self) -> None:
        if self.type not in COLUMN_TYPES:
            raise ValueError(f"column {self.name}: type {self.type!r} is none of {', '.join(COLUMN_TYPES)}")
        if self.type == "list" and not (self.list or self.values):
            raise ValueError(f"column {self.name}: a list needs `list` (a seed) or `values`")


@dataclass(frozen=True)
class Form:
    """One form. `atom` is `whole` (a unit's period stands or falls together) or `record` (each row by itself).

    `key` tells rows apart; `dated_by` is the column that says when (a period, or a date whose month counts);
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
    key_prefix: str | None = None
    key_from: tuple[str, ...] = ()
    blank_rows: int = field(default=0)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by name, in the form's order."""
        return {column.name: column for column in self.columns}

    @cached_property
    def stored_columns(self) -> tuple[Column, ...]:
        """The form's own columns, as the contract lists them: all but the helpers."""
        return tuple(column for column in self.columns if not column.helper)

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
        name: tuple(raw.pop(name, ())) for name in ("key", "key_from", "anchors", "filled_by", "checks")
    }
    form = Form(columns=columns, recognised_by=groups, **lists, **raw)
    known = set(form.by_name)
    named = {form.dated_by, *form.key, *form.key_from, *form.anchors, *form.filled_by}
    if unknown := (named | {name for group in groups for name in group}) - known:
        raise ValueError(f"names columns that it does not have: {', '.join(sorted(unknown))}")
    if not form.headings:
        raise ValueError("has no headings")
    return form


def _column(raw: dict[str, Any]) -> Column:
    aliases = tuple(raw.pop("aliases", ()))
    values = raw.pop("values", None)
    private = raw.pop("is_private_for", None)
    return Column(
        aliases=aliases,
        values=MappingProxyType(values) if values else None,
        is_private_for=PrivateFor(**private) if private else None,
        **raw,
    )
