"""Chooses the columns of each table of a wide header.

Each group of columns that belongs to one unit, indicator and period becomes a table of its own; what the headings say is
stated in it. Where the headings leave a choice the sender is asked, with the columns and their cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.labels import period_of
from warehouse.intake.sheets.wide import DIMENSIONS, Layout, Place
from warehouse.reference import periods


@dataclass(frozen=True)
class Group:
    """The columns of one table, what is stated about it (with the cell that says so), and what has to be asked."""

    columns: dict[str, int]
    stated: dict[str, tuple[object, str]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def groups_of(layout: Layout, period: periods.Period | None) -> list[Group]:
    """Return the columns of each table of the layout. `period` is the one that the lines above the table name."""
    year = period.end_date.year if period else None
    places = [place for place in layout.places if not place.stated.keys() & {"share", "earlier", "total"}]
    asked = _ask_about_periods(layout, places, period, year)
    if asked:
        return [asked]
    by_group: dict[tuple[str, ...], list[Place]] = {}
    for place in places:
        by_group.setdefault(place.group, []).append(place)
    groups = [_group(layout, members, period, year) for members in by_group.values()]
    missing = _only_shares(layout, places)
    return [replace(group, issues=(*group.issues, *missing)) for group in groups]


def _group(layout: Layout, places: Sequence[Place], period: periods.Period | None, year: int | None) -> Group:
    columns = dict(layout.named)
    issues: list[Issue] = []
    for name in dict.fromkeys(place.column for place in places):
        rivals = [place for place in places if place.column == name]
        chosen = _chosen(rivals, period)
        columns[name] = (chosen or rivals[0]).position
        if chosen is None:
            issues.append(_competing(name, rivals))
        elif len(rivals) > 1:
            params = {"columns": _listed(rivals)}
            issues.append(Issue("column_chosen", name, chosen.words, params=params, cell=chosen.cell))
    stated: dict[str, tuple[object, str]] = {}
    for kind, column in DIMENSIONS.items():
        label = places[0].stated.get(kind)
        if label:
            found = period_of(label.value, year) if kind == "period" else None
            is_code = kind == "unit" and label.value[0].isdigit()
            stated["unit_code" if is_code else column] = (
                found.code if found else label.value,
                places[0].cells[kind],
            )
    return Group(columns, stated, tuple(issues))


def _chosen(rivals: Sequence[Place], period: periods.Period | None) -> Place | None:
    """Return the column that holds the figures of the period, or None where that is not clear.

    Quarters, six and nine months and years are counted from January, so that there the running total is meant.
    """
    if len(rivals) == 1 and (period is None or not rivals[0].stated.keys() & {"cumulative"}):
        return rivals[0]
    own = [
        place
        for place in rivals
        if "own" in place.stated or not place.stated.keys() & {"cumulative", "number"}
    ]
    running = [place for place in rivals if "cumulative" in place.stated]
    if len(own) + len(running) < len(rivals) or period is None:
        return None
    meant = own if period.period_type == "month" else running or own
    return meant[0] if len(meant) == 1 else None


def _ask_about_periods(
    layout: Layout, places: Sequence[Place], period: periods.Period | None, year: int | None
) -> Group | None:
    """Return a group with a question where the columns' periods do not agree with that of the title, or have no year."""
    dated = [place for place in places if "period" in place.stated]
    if not dated:
        return None
    found = [period_of(place.stated["period"].value, year) for place in dated]
    is_clear = all(found) and (
        period is None
        or period.period_type == "year"
        or all(other and other.code == period.code for other in found)
    )
    if is_clear and len(dated) == len(places):
        return None
    same = next(
        (place for place, other in zip(dated, found, strict=True) if period and other == period), dated[0]
    )
    title = f"ghi kỳ {periods.label_vi(period.code)}" if period else "không ghi rõ kỳ và năm"
    title_en = f"say {periods.label_en(period.code)}" if period else "do not say which period and year it is"
    params = {"columns": _listed(dated), "title_vi": title, "title_en": title_en}
    issue = Issue("columns_of_periods", same.column, same.words, params=params, cell=dated[0].cell)
    columns = {**layout.named, same.column: same.position}
    return Group(columns, issues=(issue,))


def _competing(name: str, rivals: Iterable[Place]) -> Issue:
    places = list(rivals)
    params = {"columns": _listed(places)}
    return Issue("columns_compete", name, places[0].words, params=params, cell=places[0].cell)


def _only_shares(layout: Layout, places: Sequence[Place]) -> list[Issue]:
    """Return a question for each column of the form that stands there as a percentage only."""
    known = {place.column for place in places}
    return [
        Issue("column_share_only", place.column, place.words, cell=place.cell)
        for place in layout.places
        if "share" in place.stated
        and place.column not in known
        and layout.form.by_name[place.column].required
    ]


def _listed(places: Iterable[Place]) -> str:
    return "; ".join(f'{place.cell} "{place.words}"' for place in places)
