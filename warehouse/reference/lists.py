"""The configurable lists, one seed each: fields of models, activity types, topics, categories, states."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from warehouse.reference.seeds import as_date, read_seed


class ListItem(NamedTuple):
    """One value of a list; `scope_unit_key` is "" where the value holds for the whole country.

    A seed of a list has its code first; `other_names` are the English name and the seed's `aliases`, parted by `|`.
    """

    code: str
    name_vi: str
    valid_from: date | None
    valid_to: date | None
    scope_unit_key: str
    sort_order: int
    other_names: tuple[str, ...] = ()


def read_list(seeds_dir: Path, name: str) -> list[ListItem]:
    """The values of a list, in its order, whatever their dates."""
    return sorted(map(_item, read_seed(seeds_dir, name)), key=lambda item: item.sort_order)


def _item(row: dict[str, str]) -> ListItem:
    code = next(iter(row.values()))
    name_vi = next(value for name, value in row.items() if name == "name_vi" or name.endswith("_name_vi"))
    name_en = next(value for name, value in row.items() if name == "name_en" or name.endswith("_name_en"))
    aliases = (row.get("aliases") or "").split("|")
    return ListItem(
        code,
        name_vi,
        as_date(row.get("valid_from")),
        as_date(row.get("valid_to")),
        row.get("scope_unit_key") or "",
        int(row.get("sort_order") or 0),
        tuple(name for name in (name_en, *aliases) if name),
    )
