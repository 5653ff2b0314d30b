"""The files of simulated records: one CSV a province, form and quarter, compiled by the province's office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from warehouse.sample import inspections, own_documents, records
from warehouse.sample.csv_files import write_csv
from warehouse.sample.model_progress import make_progress
from warehouse.sample.model_registrations import Registration
from warehouse.sample.outbox import Outbox
from warehouse.sample.province_files import province_code_of, style_of
from warehouse.sample.reports import arrival
from warehouse.sample.units import SampleUnit

_MONTHS_A_QUARTER = 3
_ARRIVAL_DAYS = 6
# Activities that are planned for so many months after the last month are sent too.
_MONTHS_PLANNED_AHEAD = 2
Row = dict[str, Any]
UnitMonths = Sequence[tuple[SampleUnit, date]]


def write_progress(
    outbox: Outbox,
    registrations: Sequence[Registration],
    units: Mapping[str, SampleUnit],
    successors: Mapping[str, str],
    last_month: date,
) -> None:
    """Write form TD of all models, before the mergers and after."""
    last_day = records.month_end(last_month)
    grouped: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for unit, day, row in make_progress(registrations, units, successors, last_day):
        grouped[province_code_of(unit, dict(units)), _last_month_of_quarter(day, last_month)].append(row)
    for (province_code, month), rows in sorted(grouped.items()):
        _write(outbox, "TD", province_code, month, rows)


def write_records(
    outbox: Outbox,
    units: Iterable[SampleUnit],
    months: Sequence[date],
    latest: datetime,
    people_rated: Callable[[SampleUnit, date], tuple[int, int]],
) -> None:
    """Write forms HD, VB, KN and TX of some units, province by province.

    `people_rated` gives, for a unit and month, how many people were rated good or better, and how many were rated.
    """
    listed = {unit.unit_key: unit for unit in units}
    divisions: dict[str, list[str]] = defaultdict(list)
    by_province: dict[str, list[SampleUnit]] = defaultdict(list)
    for unit in listed.values():
        if unit.is_part:
            divisions[unit.parent_key].append(unit.unit_name)
        else:
            by_province[province_code_of(unit, listed)].append(unit)
    quarters: dict[date, list[date]] = defaultdict(list)
    for month in months:
        quarters[_last_month_of_quarter(month, months[-1])].append(month)
    for province_code, members in sorted(by_province.items()):
        for end, inside in quarters.items():
            _write_quarter(
                outbox, province_code, members, inside, end, people_rated=people_rated, divisions=divisions
            )
        _write_follow_up(outbox, province_code, members, months, latest)


def _write_quarter(
    outbox: Outbox,
    province_code: str,
    members: Sequence[SampleUnit],
    months: Sequence[date],
    end: date,
    *,
    people_rated: Callable[[SampleUnit, date], tuple[int, int]],
    divisions: Mapping[str, Sequence[str]],
) -> None:
    last_day = records.month_end(end)
    pairs = [(unit, month) for unit in members for month in months]
    ahead = [(unit, _later(end, step + 1)) for unit in members for step in range(_MONTHS_PLANNED_AHEAD)]
    rated = [
        row
        for unit, month in pairs
        for row in records.ratings(unit, month, *people_rated(unit, month), divisions.get(unit.unit_key, ()))
    ]
    for form, rows in (
        ("HD", _activities(members, pairs + ahead, last_day)),
        ("VB", _documents(pairs, last_day)),
        ("KN", [item.as_of(last_day) for item in _items(members, pairs, last_day)]),
        ("TX", rated),
    ):
        if rows:
            _write(outbox, form, province_code, end, rows)


def _write_follow_up(
    outbox: Outbox,
    province_code: str,
    members: Sequence[SampleUnit],
    months: Sequence[date],
    latest: datetime,
) -> None:
    """Write the final state of earlier items and documents, under the keys that they already have."""
    last_day = records.month_end(months[-1])
    pairs = [(unit, month) for unit in members for month in months[:-1]]
    closed = [
        item.as_of(last_day)
        for item in _items(members, pairs, last_day)
        if item.closed and item.closed <= last_day
    ]
    for form, rows in (("KN", closed), ("VB", _documents(pairs, last_day))):
        if rows:
            name = f"{form}_{province_code}_{months[-1]:%Y-%m}_cap-nhat.csv"
            write_csv(outbox.add(name, latest), form, rows, style_of(name))


def _activities(members: Sequence[SampleUnit], pairs: UnitMonths, last_day: date) -> list[Row]:
    rows = [row for unit, month in pairs for row in records.activities(unit, month, last_day)]
    communes = _communes(members)
    return rows + [
        row
        for unit, month in pairs
        if unit.level == "province"
        for row in inspections.inspections(unit, communes, month, last_day)
    ]


def _documents(pairs: UnitMonths, last_day: date) -> list[Row]:
    kinds = (records.documents, own_documents.own_documents)
    return [row for unit, month in pairs for kind in kinds for row in kind(unit, month, last_day)]


def _items(members: Sequence[SampleUnit], pairs: UnitMonths, last_day: date) -> Iterator[records.Item]:
    communes = _communes(members)
    for unit, month in pairs:
        yield from records.items(unit, month)
        if unit.level == "province":
            yield from inspections.inspection_items(unit, communes, month, last_day)


def _communes(members: Sequence[SampleUnit]) -> list[SampleUnit]:
    return [unit for unit in members if unit.level == "commune"]


def _write(outbox: Outbox, form: str, province_code: str, month: date, rows: Sequence[Row]) -> None:
    name = f"{form}_{province_code}_{month:%Y-%m}.csv"
    path = outbox.add(name, arrival(records.month_end(month), _ARRIVAL_DAYS, name))
    write_csv(path, form, rows, style_of(name))


def _last_month_of_quarter(day: date, last_month: date) -> date:
    """The first day of the quarter's last month, or of the last month of all where the quarter is not over."""
    month = date(day.year, (day.month + _MONTHS_A_QUARTER - 1) // _MONTHS_A_QUARTER * _MONTHS_A_QUARTER, 1)
    return min(month, last_month)


def _later(month: date, step: int) -> date:
    years, index = divmod(month.month - 1 + step, 12)
    return date(month.year + years, index + 1, 1)
