"""The rules of plausibility as a plain walk over the figures, with scipy and numpy; thresholds come from the seed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from scipy import stats

from tests.marts.plausibility_country import Figure, level, period_of, province_of
from tests.marts.plausibility_measures import (
    KINDS,
    ONCE_A_RUN,
    ROLLUPS,
    Line,
    after,
    before,
    limit,
    runs,
    same,
    surprise,
)

Question = tuple[str, str, str | None, str]
COMPONENTS = {"DVK_DK": ("DVK_DK_TT", "DVK_DK_CN"), "KNTC_GQ": ("KN_GQ", "TC_GQ")}


def group_of(unit: str) -> tuple[str, str]:
    """Return the group in which a unit is compared: communes within their province, provinces with each other."""
    return (level(unit), province_of(unit) if level(unit) == "commune" else "")


class Walk:
    """All figures, in the orders in which the rules look at them."""

    def __init__(self, figures: list[Figure]) -> None:
        self.lines: dict[tuple[str, str, str], Line] = defaultdict(list)
        self.reports: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
        self.at: dict[tuple[str, str, str], Figure] = {}
        sums: dict[tuple[tuple[str, str], str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for figure in sorted(figures, key=lambda f: period_of(f.period).end_date):
            kind = period_of(figure.period).period_type
            self.lines[figure.unit, figure.indicator, kind].append(figure)
            self.reports[figure.unit, figure.period][figure.indicator] = figure
            self.at[figure.unit, figure.indicator, figure.period] = figure
            if figure.denominator:
                pair = sums[group_of(figure.unit), figure.indicator, figure.period]
                pair[0] += figure.numerator or 0
                pair[1] += figure.denominator
        self.sums = sums

    def peers(self, figure: Figure) -> float:
        """Return the rate of the other units of the level in the province; without other units, the ordinary rate."""
        numerator, denominator = self.sums[group_of(figure.unit), figure.indicator, figure.period]
        rest = numerator - (figure.numerator or 0), denominator - (figure.denominator or 0)
        return (
            rest[0] / rest[1]
            if rest[0] > 0 and rest[1] > 0
            else limit("constant_full", "rate_without_others")
        )

    def is_repeated(self, figure: Figure) -> bool:
        earlier = self.at.get((figure.unit, figure.indicator, before(figure.period) or ""))
        return earlier is not None and same(figure, earlier)

    def copied_periods(self) -> Iterator[Question]:
        rule = "copied_period"
        for (unit, period), is_asked in self._latest(self._is_copied):
            if is_asked:
                yield rule, unit, None, period

    def _is_copied(self, report: dict[str, Figure]) -> bool:
        figures = report.values()
        return (
            len(figures) >= limit("copied_period", "least_figures")
            and all(map(self.is_repeated, figures))
            and sum(map(surprise, figures)) >= limit("copied_period", "least_digits")
        )

    def all_full(self) -> Iterator[Question]:
        for (unit, period), is_asked in self._latest(self._is_all_full):
            if is_asked:
                yield "numerator_equals_denominator", unit, None, period

    def _is_all_full(self, report: dict[str, Figure]) -> bool:
        rule = "numerator_equals_denominator"
        rates = [figure for figure in report.values() if figure.denominator]
        cases = sum(figure.denominator or 0 for figure in rates)
        if len(rates) < limit(rule, "least_rates") or cases < limit(rule, "least_cases"):
            return False
        chances = [(figure.denominator or 0, self.peers(figure)) for figure in rates]
        found = -sum(cases * math.log10(rate) for cases, rate in chances)
        return all(f.numerator == f.denominator for f in rates) and found >= limit(rule, "least_digits")

    def _latest(self, holds: Callable[[dict[str, Figure]], bool]) -> Iterator[tuple[tuple[str, str], bool]]:
        """Return each report, and whether the condition holds for it and not for the report of the next period."""
        by_line: dict[tuple[str, str], list[str]] = defaultdict(list)
        for unit, period in self.reports:
            by_line[unit, period_of(period).period_type].append(period)
        for (unit, _), periods in by_line.items():
            ordered = sorted(periods, key=lambda code: period_of(code).end_date)
            truth = [holds(self.reports[unit, period]) for period in ordered]
            goes_on = {
                before(period) for period, holds_here in zip(ordered, truth, strict=True) if holds_here
            }
            for period, holds_here in zip(ordered, truth, strict=True):
                yield (unit, period), holds_here and period not in goes_on

    def full_runs(self) -> Iterator[Question]:
        rule = "constant_full"
        for (unit, code, kind), line in self.lines.items():
            rated = [f for f in line if f.denominator]
            least = limit(rule, "least_months" if kind == "month" else "least_longer_periods")
            for run in runs([f.numerator == f.denominator for f in rated]):
                inside = [rated[i] for i in run]
                cases = sum(f.denominator or 0 for f in inside)
                found = -sum((f.denominator or 0) * math.log10(self.peers(f)) for f in inside)
                if (
                    len(run) >= least
                    and cases >= limit(rule, "least_cases")
                    and found >= limit(rule, "least_digits")
                ):
                    yield rule, unit, code, inside[-1].period

    def repeated_figures(self) -> Iterator[Question]:
        rule = "repeated_figure"
        for (unit, code, _), line in self.lines.items():
            for run in runs([self.is_repeated(f) for f in line]):
                length = len(run) + 1
                found = sum(surprise(line[i]) for i in run)
                if length >= limit(rule, "least_periods") and found >= limit(rule, "least_digits"):
                    yield rule, unit, code, line[run[-1]].period

    def falling(self) -> Iterator[Question]:
        years: dict[tuple[str, str, str], Line] = defaultdict(list)
        for (unit, code, kind), line in self.lines.items():
            if kind in ("quarter", "6M", "9M", "year"):
                for figure in line:
                    years[unit, code, figure.period[:4]].append(figure)
        for (unit, code, _), line in years.items():
            ordered = sorted(line, key=lambda f: period_of(f.period).end_date)
            for shorter, longer in pairwise(ordered):
                kinds = KINDS[code]
                falls = [
                    earlier - later
                    for earlier, later, may_not in (
                        (shorter.numerator, longer.numerator, kinds[0] in ("flow", "quota")),
                        (shorter.denominator, longer.denominator, kinds[1] in ("flow", "carried", "quota")),
                        (shorter.value, longer.value, kinds[0] == "flow"),
                    )
                    if may_not and earlier is not None and later is not None
                ]
                if falls and max(falls) >= limit("falling_cumulative", "least_fall"):
                    yield "falling_cumulative", unit, code, longer.period

    def not_the_sum(self) -> Iterator[Question]:
        rule = "parts_do_not_sum"
        for (unit, code, kind), line in self.lines.items():
            if kind in ("month", "phase"):
                continue
            for figure in line:
                end = period_of(figure.period).end_date
                months = [
                    self.at.get((unit, code, f"{end.year}-{month:02}")) for month in range(1, end.month + 1)
                ]
                known = [month for month in months if month is not None]
                if len(known) < len(months):
                    continue
                pairs = [
                    (figure.numerator, sum(m.numerator or 0 for m in known), KINDS[code][0] == "flow"),
                    (
                        figure.denominator,
                        sum(m.denominator or 0 for m in known),
                        KINDS[code][1] in ("flow", "quota"),
                    ),
                ]
                if any(
                    adds_up
                    and found is not None
                    and abs(found - total)
                    >= max(limit(rule, "least_difference"), limit(rule, "least_ratio") * total)
                    for found, total, adds_up in pairs
                ):
                    yield rule, unit, code, figure.period

    def not_the_components(self) -> Iterator[Question]:
        least = limit("components_do_not_sum", "least_difference")
        for (unit, period), report in self.reports.items():
            for whole, components in COMPONENTS.items():
                if not {whole, *components} <= report.keys():
                    continue
                widths = (
                    abs(found - sum(getattr(report[code], part) or 0 for code in components))
                    for part in ("numerator", "denominator", "value")
                    if (found := getattr(report[whole], part)) is not None
                )
                if max(widths) >= least:
                    yield "components_do_not_sum", unit, whole, period

    def below_the_units(self) -> Iterator[Question]:
        rule = "total_below_units"
        below: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        for figure in self.at.values():
            if level(figure.unit) == "commune" and ROLLUPS[figure.indicator] == "total_reported":
                below[province_of(figure.unit), figure.indicator, figure.period].append(figure)
        for key, parts in below.items():
            total = self.at.get(key)
            if total is None:
                continue
            for found, reached in (
                (total.numerator, sum(f.numerator or 0 for f in parts)),
                (total.denominator, sum(f.denominator or 0 for f in parts)),
                (total.value, sum(f.value or 0 for f in parts)),
            ):
                least = max(limit(rule, "least_difference"), limit(rule, "least_ratio") * reached)
                if found is not None and reached - found >= least:
                    yield (rule, *key)
                    break

    def volumes(self) -> Iterator[Question]:
        for (unit, code, _), line in self.lines.items():
            amounts = np.array([f.amount for f in line], dtype=float)
            scaled = 2 * np.sqrt(amounts + 3 / 8)
            if len(line) < 2:
                continue
            deviation = max(1.0, float(np.median(np.abs(np.diff(scaled)))) / 0.954)
            away = (scaled - np.median(scaled)) / deviation
            typical = float(np.median(amounts))
            for i, figure in enumerate(line):
                previous = away[i - 1] if i else 0.0
                if self._jumps(len(line), away[i], previous, amounts[i], typical):
                    yield "sudden_jump", unit, code, figure.period
                is_fall = self._collapses(len(line), away[i], previous, amounts[i], typical)
                if figure.denominator is not None and is_fall and not self._is_worse(line, i):
                    yield "denominator_collapse", unit, code, figure.period

    @staticmethod
    def _jumps(count: int, away: float, previous: float, amount: float, typical: float) -> bool:
        rule = "sudden_jump"
        width = limit(rule, "limit_width")
        return (
            count >= limit(rule, "least_periods")
            and away > width >= previous
            and amount >= limit(rule, "least_factor") * typical
            and amount - typical >= limit(rule, "least_difference")
        )

    @staticmethod
    def _collapses(count: int, away: float, previous: float, amount: float, typical: float) -> bool:
        rule = "denominator_collapse"
        width = limit(rule, "limit_width")
        return (
            count >= limit(rule, "least_periods")
            and away < -width <= previous
            and amount <= limit(rule, "most_factor") * typical
        )

    @staticmethod
    def _is_worse(line: Line, position: int) -> bool:
        now, then = line[position], line[position - 1] if position else None
        if then is None or not now.denominator or not then.denominator:
            return False
        return (now.numerator or 0) / now.denominator < (then.numerator or 0) / then.denominator

    def round_numbers(self) -> Iterator[Question]:
        rule = "round_numbers"
        for (unit, code, _), line in self.lines.items():
            numerator_kind, denominator_kind = KINDS[code]
            if numerator_kind not in ("flow", "fresh"):
                continue
            recent = list(range(max(0, len(line) - int(limit(rule, "periods_looked_at"))), len(line)))
            figures, latest = 0, None
            hits = 0
            for part in ("numerator", "denominator", "value"):
                if part == "denominator" and denominator_kind not in ("flow", "carried"):
                    continue
                drawn = []
                for i in recent:
                    now = getattr(line[i], part)
                    then = getattr(line[i - 1], part) if i else None
                    if now is None or then is None or now == then:
                        continue
                    if part != "numerator" or now != line[i].denominator:
                        drawn.append((now, abs(now - then), line[i].period))
                if not drawn:
                    continue
                is_large = np.median([d[0] for d in drawn]) >= limit(rule, "least_typical_size")
                if is_large and np.mean([d[1] for d in drawn]) >= limit(rule, "least_typical_change"):
                    figures += len(drawn)
                    hits += sum(d[0] % 10 == 0 for d in drawn)
                    latest = max(latest or drawn[-1][2], drawn[-1][2])
            if latest and figures >= limit(rule, "least_figures"):
                tail = stats.binom.sf(hits - 1, figures, limit(rule, "chance_of_round"))
                if tail <= limit(rule, "most_chance"):
                    yield rule, unit, code, latest

    def same_as_others(self) -> Iterator[Question]:
        rule = "same_as_other_unit"
        groups: dict[object, list[tuple[str, str]]] = defaultdict(list)
        for (unit, period), report in self.reports.items():
            enough = sum(map(surprise, report.values())) >= limit(rule, "least_digits")
            if enough and len(report) >= limit(rule, "least_figures"):
                content = frozenset(
                    (f.indicator, f.numerator, f.denominator, f.value) for f in report.values()
                )
                groups[level(unit), province_of(unit), period, content].append((unit, period))
        for members in groups.values():
            if len(members) > 1:
                yield from ((rule, unit, None, period) for unit, period in members)

    def all(self) -> set[Question]:
        """Return every question of every rule that reads figures alone."""
        rules = (
            self.copied_periods,
            self.all_full,
            self.full_runs,
            self.repeated_figures,
            self.falling,
            self.not_the_sum,
            self.not_the_components,
            self.below_the_units,
            self.volumes,
            self.round_numbers,
            self.same_as_others,
        )
        found = {question for rule in rules for question in rule()}
        # Of totals that do not agree period after period only the last is asked about.
        return {q for q in found if q[0] not in ONCE_A_RUN or not self._goes_on(q, found)}

    def _goes_on(self, question: Question, found: set[Question]) -> bool:
        rule, unit, code, period = question
        return any((rule, unit, code, later) in found for later in after(period))
