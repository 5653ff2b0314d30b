"""Decides the period of a table from its head: a label, the title, the name of the sheet. Doubt becomes a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from warehouse.intake.heads.head import Head, PeriodSource
from warehouse.intake.messages.findings import Issue
from warehouse.reference import periods
from warehouse.reference.period_claims import Claim


class HeadPeriod(NamedTuple):
    """The period that the head of a table names, with its cell, or the issue that says why none is certain."""

    period: periods.Period | None
    issue: Issue | None
    cell: str | None = None


def decide_period(head: Head, column: str, today: date) -> HeadPeriod:
    """Return the one period on which all sources agree. `column` is the form's column of the period."""
    sources = [source._replace(claim=claim) for source, claim in _with_years(head)]
    named = {source.claim.period: source for source in sources if source.claim.period}
    # A year alone may only say in which year the month lies that another source names.
    exact = {period: source for period, source in named.items() if not _frames_another(source.claim, sources)}
    if len(exact) == 1:
        ((period, named_by),) = exact.items()
        if all(source.claim.allows(period) for source in sources):
            return HeadPeriod(period, None, named_by.cell or head.free_cell)
    if exact:
        return HeadPeriod(None, disagreement(sources, column))
    return HeadPeriod(None, _why_none(head, sources, column, today))


def disagreement(
    sources: Sequence[PeriodSource], column: str, in_column: tuple[str, str] | None = None
) -> Issue:
    """Return the issue that names all sources with their cells; `in_column` is the cell of the column and its text."""
    distinct = list(dict.fromkeys((found.source, found.cell, found.claim.text) for found in sources))
    words_vi = [_words_vi(*found) for found in distinct]
    words_en = [_words_en(*found) for found in distinct]
    if in_column:
        words_vi.append(f'cột kỳ báo cáo (ô {in_column[0]}) ghi "{in_column[1]}"')
        words_en.append(f'the period column (cell {in_column[0]}) says "{in_column[1]}"')
    cell = None if in_column else next((found.cell for found in sources if found.cell), None)
    found_text = in_column[1] if in_column else sources[0].claim.text
    params = {"sources_vi": "; ".join(words_vi), "sources_en": "; ".join(words_en)}
    return Issue("period_disagrees", column, found_text, params=params, cell=cell)


def issue_of_text(
    claims: Sequence[Claim], text: object, column: str, today: date, cell: str | None = None
) -> Issue:
    """Return the issue for a text that names no period of the calendar, and so says which part is wrong or missing."""
    claim = claims[0] if claims else None
    if claim is None:
        return Issue("period_unreadable", column, text, cell=cell)
    if claim.short_year:
        return Issue("period_short_year", column, text, cell=cell)
    if claim.days:
        ends = claim.days[1]
        params = {"example": periods.label_vi(f"{ends:%Y-%m}")}
        return Issue("period_is_days", column, text, params=params, cell=cell)
    if claim.needs_year:
        example = _latest(claim, today)
        params = {
            "example": periods.label_vi(example.code) if example else periods.label_vi(f"{today:%Y-%m}")
        }
        return Issue("period_year_missing", column, text, params=params, cell=cell)
    if not claim.is_in_calendar:
        return Issue("period_not_in_calendar", column, text, cell=cell)
    return Issue("period_unreadable", column, text, cell=cell)


def _with_years(head: Head) -> Iterable[tuple[PeriodSource, Claim]]:
    """Yield each source with its claim, to which the only year that the head names is given where it has none."""
    years = head.years
    for found in head.periods:
        claim = found.claim
        if claim.year is None and claim.days is None and not claim.short_year:
            year = next(iter(years)) if len(years) == 1 else None
            if not years:
                year = _year_of_plan(claim, head.planned)
            claim = claim.in_year(year) if year else claim
        yield found, claim


def _year_of_plan(claim: Claim, planned: Sequence[Claim]) -> int | None:
    """Return the year of a report whose title has a year in the plan alone: the plan is for the months that follow."""
    later = next((plan for plan in planned if plan.year and not plan.is_frame), None)
    if later is None or later.year is None:
        return None
    return later.year if later.first > claim.last else later.year - 1


def _frames_another(claim: Claim, sources: Sequence[PeriodSource]) -> bool:
    """Whether another source is more exact: a month within a year, a year within a phase."""
    others = [found.claim for found in sources if found.claim != claim]
    if claim.last_year:
        return any(not other.last_year for other in others)
    return claim.is_frame and any(not other.is_frame for other in others)


def _why_none(head: Head, sources: Sequence[PeriodSource], column: str, today: date) -> Issue | None:
    """Return the issue of the first source that could not be read; None where the head says nothing of a period."""
    if sources:
        first = sources[0]
        return issue_of_text([first.claim], first.claim.text, column, today, first.cell or head.free_cell)
    if head.unread_period:
        return issue_of_text([], head.unread_period.text, column, today, head.unread_period.cell)
    return None


def _latest(claim: Claim, today: date) -> periods.Period | None:
    """Return the last period of this shape that had ended by today, as an example of how to write it."""
    candidates = (claim.in_year(year).period for year in (today.year, today.year - 1))
    return next((period for period in candidates if period and period.end_date <= today), None)


def _words_vi(source: str, cell: str | None, text: str) -> str:
    if source == "sheet":
        return f'tên trang tính là "{text}"'
    return f'{"dòng kỳ báo cáo" if source == "label" else "tiêu đề"} (ô {cell}) ghi "{text}"'


def _words_en(source: str, cell: str | None, text: str) -> str:
    if source == "sheet":
        return f'the sheet is named "{text}"'
    return f'the {"line of the period" if source == "label" else "title"} (cell {cell}) says "{text}"'
