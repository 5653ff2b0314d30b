"""Sums over the reports of a file. A consolidated file of a province has hundreds of reports, too many to read one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from warehouse.reference import periods

# For more reports of one form than this only sums are shown.
MAX_LISTED = 20


class ReportCounts(Protocol):
    """The counts of one report. Form, unit or period is None where it was not understood."""

    @property
    def form(self) -> str: ...
    @property
    def unit_key(self) -> str | None: ...
    @property
    def period_code(self) -> str | None: ...
    @property
    def row_count(self) -> int: ...
    @property
    def error_count(self) -> int: ...
    @property
    def warning_count(self) -> int: ...


AnyReport = TypeVar("AnyReport", bound=ReportCounts)


class PeriodSpan(NamedTuple):
    """The number of periods, with the understood period that ends first and the one that ends last."""

    period_count: int
    first: str | None
    last: str | None

    @classmethod
    def of(cls, codes: Iterable[str | None]) -> PeriodSpan:
        """Return the span of some periods, however often each is named."""
        named = set(codes)
        known = sorted(
            filter(None, map(periods.from_code, named - {None})),
            key=lambda period: (period.end_date, period.code),
        )
        return cls(len(named), known[0].code if known else None, known[-1].code if known else None)


class ReportSum(NamedTuple):
    """The sums over all reports of one form in a file. Only units that were understood are counted."""

    form: str
    report_count: int
    unit_count: int
    period_span: PeriodSpan
    row_count: int
    error_count: int
    warning_count: int

    @classmethod
    def of(cls, reports: Sequence[ReportCounts]) -> ReportSum:
        """Return the sums over reports of one form; there has to be at least one."""
        return cls(
            reports[0].form,
            len(reports),
            len({report.unit_key for report in reports} - {None}),
            PeriodSpan.of(report.period_code for report in reports),
            sum(report.row_count for report in reports),
            sum(report.error_count for report in reports),
            sum(report.warning_count for report in reports),
        )


def by_form(reports: Iterable[AnyReport]) -> Collection[Sequence[AnyReport]]:
    """Return the reports of each form, in the order of its first report."""
    of_forms: dict[str, list[AnyReport]] = {}
    for report in reports:
        of_forms.setdefault(report.form, []).append(report)
    return of_forms.values()
