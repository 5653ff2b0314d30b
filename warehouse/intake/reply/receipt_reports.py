"""Describe the reports of a file in Vietnamese: few reports one by one, many reports by sums and a line a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from warehouse.intake.messages.wording import OUTCOMES_VI, form_title_vi
from warehouse.intake.reports.parsed import Row
from warehouse.intake.reports.sums import MAX_LISTED, PeriodSpan, ReportSum, by_form
from warehouse.reference import periods
from warehouse.reference.units.register import UnitRegister

NameUnit = Callable[[str], str]


class _Told(NamedTuple):
    form: str
    unit_key: str | None
    period_code: str | None
    status: str
    row_count: int
    error_count: int
    warning_count: int


def report_lines(submissions: Iterable[Row], units: UnitRegister) -> Iterator[str]:
    """Return the lines of all reports for the receipt, form by form. `submissions` are rows of the raw table."""
    for listed in _by_form(submissions):
        if len(listed) <= MAX_LISTED:
            yield from (f"- {line}" for line in _one_by_one(listed, _names_of(units)))
        else:
            yield from _in_sum_and_by_unit(listed, units)


def short_report_lines(submissions: Iterable[Row], units: UnitRegister | None) -> Iterator[str]:
    """Like `report_lines`, but describe many reports by sums alone. Without a register units are named by key."""
    for listed in _by_form(submissions):
        if len(listed) <= MAX_LISTED:
            yield from _one_by_one(listed, _names_of(units))
        else:
            yield f"{_sums(listed)} {_statuses(listed)}"


def _by_form(submissions: Iterable[Row]) -> Iterable[Sequence[_Told]]:
    told = [_Told(*map(row.__getitem__, _Told._fields)) for row in submissions if row["form"]]
    return by_form(sorted(told, key=attrgetter("form")))


def _one_by_one(listed: Iterable[_Told], name_unit: NameUnit) -> Iterator[str]:
    for told in listed:
        unit = name_unit(told.unit_key) if told.unit_key else "chưa rõ đơn vị"
        counts = f"{told.row_count} dòng, {told.error_count} lỗi, {told.warning_count} lưu ý"
        place = f"{form_title_vi(told.form)}, {unit}, {_period(told.period_code)}"
        yield f"{place}: {OUTCOMES_VI[told.status]} ({counts})."


def _in_sum_and_by_unit(listed: Sequence[_Told], units: UnitRegister) -> Iterator[str]:
    yield f"- {_sums(listed)} {_statuses(listed)}"
    remarked = [told for told in listed if told.status != "accepted"]
    if remarked:
        yield "  Báo cáo cần xem lại:"
        yield from (f"  - {line}" for line in _one_by_one(remarked, _names_of(units)))
    # An accepted report always has a unit.
    accepted = [told for told in listed if told.status == "accepted"]
    if accepted:
        yield "  Được nhận, theo đơn vị:"
    for unit_key, of_unit in groupby(sorted(accepted, key=attrgetter("unit_key")), attrgetter("unit_key")):
        reports = list(of_unit)
        unit = units.get(unit_key)
        span = PeriodSpan.of(told.period_code for told in reports)
        lines = _number(sum(told.row_count for told in reports))
        yield f"  - {unit.unit_name} ({unit.unit_code}): {_span(span)}, {lines} dòng"


def _sums(listed: Sequence[_Told]) -> str:
    total = ReportSum.of(listed)
    return (
        f"{form_title_vi(total.form)}: {_number(total.report_count)} báo cáo của {_number(total.unit_count)} đơn vị,"
        f" {_span(total.period_span)}, {_number(total.row_count)} dòng."
    )


def _statuses(listed: Iterable[_Told]) -> str:
    counts = Counter(told.status for told in listed)
    return (
        "; ".join(
            f"{words}: {_number(counts[status])}" for status, words in OUTCOMES_VI.items() if counts[status]
        )
        + "."
    )


def _span(span: PeriodSpan) -> str:
    """Return `Tháng 10/2026`, or the number of periods with the earliest and the latest."""
    if span.period_count == 1:
        return _period(span.last)
    bounds = f" ({_period(span.first)} đến {_period(span.last)})" if span.first else ""
    return f"{_number(span.period_count)} kỳ{bounds}"


def _names_of(units: UnitRegister | None) -> NameUnit:
    return (lambda key: units.get(key).unit_name) if units else str


def _period(code: str | None) -> str:
    return periods.label_vi(code) if code else "chưa rõ kỳ"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
