"""Compares a column that adds up the units beside it ("Toàn tỉnh", "Cộng") with the units' own columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.intake.sheets.labels import indicator_of
from warehouse.intake.sheets.wide import Layout, Place
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Reference


def compare_total_columns(layout: Layout, table: Table, reference: Reference) -> Iterator[Issue]:
    """Yield a question for each cell of a column of totals that the units of its row do not add up to.

    `table` is any table of the layout: all of them have the same rows. Scores and medians are not added.
    """
    for total in layout.places:
        if "total" not in total.stated or "share" in total.stated:
            continue
        parts = [place for place in layout.places if "unit" in place.stated and _is_part(place, total)]
        for number, row in zip(table.row_numbers, table.rows, strict=True):
            if not parts or not _adds_up(layout, total, row, reference):
                continue
            said, added = _number(row[total.position]), [_number(row[part.position]) for part in parts]
            known = [value for value in added if value is not None]
            if said is not None and len(known) == len(added) and sum(known) != said:
                cell = f"{column_letters(table.first_column + total.position)}{number}"
                params = {"cell": cell, "sum": as_text(float(sum(known)))}
                yield Issue("total_column_disagrees", total.column, said, float(sum(known)), params, cell)


def _is_part(place: Place, total: Place) -> bool:
    same = (place.column, place.group[1:]) == (total.column, total.group[1:])
    return same and not place.stated.keys() & {"share", "earlier", "total"}


def _adds_up(layout: Layout, total: Place, row: Sequence[Any], reference: Reference) -> bool:
    named = [total.stated["indicator"].value] if "indicator" in total.stated else []
    named += [
        str(row[layout.named[name]])
        for name in ("indicator_code", "indicator_name")
        if name in layout.named and row[layout.named[name]]
    ]
    code = next(filter(None, (indicator_of(text, reference) for text in named)), None)
    indicator = reference.indicators[code] if code else None
    return indicator is not None and indicator.adds_up and total.column in indicator.figures


def _number(cell: object) -> float | None:
    if isinstance(cell, str):
        return float(cell) if cell.strip().isdigit() else None
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
