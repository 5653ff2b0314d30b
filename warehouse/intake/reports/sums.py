"""Many reports of a file in sum: a province's consolidated file has hundreds, which nobody reads one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from warehouse.reference import periods

# More of one form than these are told in sum.
MOST_LISTED = 20


class Report(Protocol):
    """One form × unit × period in a file; what was not understood is None."""

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


AnyReport = TypeVar("AnyReport", bound=Report)


class PeriodSpan(NamedTuple):
    """How many periods there are, and of those that were understood the one that ends first and the one that ends last."""

    period_count: int
    first: str | None
    last: str | None

    @classmethod
    def of(cls, codes: Iterable[str | None]) -> PeriodSpan:
        """The span of some periods, however often each is named."""
        named = set(codes)
        known = sorted(
            filter(None, map(periods.from_code, named - {None})),
            key=lambda period: (period.end_date, period.code),
        )
        return cls(len(named), known[0].code if known else None, known[-1].code if known else None)


class ReportSum(NamedTuple):
    """All reports of one form in a file. Units are those that were understood."""

    form: str
    report_count: int
    unit_count: int
    period_span: PeriodSpan
    row_count: int
    error_count: int
    warning_count: int

    @classmethod
    def of(cls, reports: Sequence[Report]) -> ReportSum:
        """The sums of reports of one form; there is one at least."""
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
    """The reports of each form, in order of its first one."""
    of_forms: dict[str, list[AnyReport]] = {}
    for report in reports:
        of_forms.setdefault(report.form, []).append(report)
    return of_forms.values()
