"""The head of a table: what the lines above it and the name of its sheet say of the unit and the period.

The head only gathers; which source counts is decided where the register of units and the day are known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from warehouse.reference.period_claims import Claim

# From the most certain source of a period to the least.
Source = Literal["label", "title", "sheet"]


class Line(NamedTuple):
    """One line of text above a table, with the address of its cell."""

    text: str
    cell: str


class HeadUnit(NamedTuple):
    """The unit that a label names, by a code, a name or both."""

    code: str
    name: str
    cell: str


class PeriodSource(NamedTuple):
    """One mention of the report's own period. The sheet's name has no cell."""

    source: Source
    cell: str | None
    claim: Claim


@dataclass(frozen=True)
class Head:
    """Everything that stands above a table, sorted by what it can mean.

    `parents` are places above the unit, as typed. `offices` are lines of the letterhead, the highest first. `titles` are all
    other lines. `planned` are the periods of a plan, which only help to find the year. `estimate` is the line that calls
    the figures estimates. `unread_period` is the text behind the label of the period that nobody can read. `free_cell` is
    where a missing line would go.
    """

    sheet: str = ""
    free_cell: str | None = None
    unit: HeadUnit | None = None
    parents: tuple[str, ...] = ()
    offices: tuple[Line, ...] = ()
    titles: tuple[Line, ...] = ()
    periods: tuple[PeriodSource, ...] = ()
    planned: tuple[Claim, ...] = ()
    estimate: Line | None = None
    unread_period: Line | None = None

    @property
    def names_a_unit(self) -> bool:
        """Whether a label or a letterhead names a unit, so that rows of other units cannot stand below it."""
        return bool(self.unit or self.offices)

    @property
    def years(self) -> set[int]:
        """The years that the sources of the period name, without those of a plan or of a phase."""
        claims = [found.claim for found in self.periods]
        of_days = (claim.days[1].year for claim in claims if claim.days)
        return {*(claim.year for claim in claims if claim.year and not claim.last_year), *of_days}

    def inside(self, outer: Head) -> Head:
        """Return the head of a table that stands below another head: the outer one says what this one leaves out."""
        has_period = any(found.source != "sheet" for found in self.periods)
        own_unit = self.unit or self.offices
        above = tuple(line.text for line in outer.offices) if own_unit else ()
        return replace(
            self,
            unit=self.unit if own_unit else outer.unit,
            offices=self.offices if own_unit else outer.offices,
            parents=(*self.parents, *outer.parents, *above),
            titles=(*self.titles, *outer.titles),
            periods=_in_only_year(self.periods, outer) if has_period else outer.periods,
            planned=self.planned if has_period else outer.planned,
            estimate=self.estimate or outer.estimate,
            unread_period=self.unread_period or (None if has_period else outer.unread_period),
        )


def _in_only_year(sources: tuple[PeriodSource, ...], outer: Head) -> tuple[PeriodSource, ...]:
    """Return the sources, months without a year in the only year of the outer head where no source has a year."""
    if any(found.claim.year or found.claim.days for found in sources) or len(outer.years) != 1:
        return sources
    (year,) = outer.years
    return tuple(
        found if found.claim.short_year else found._replace(claim=found.claim.in_year(year))
        for found in sources
    )
