"""The change of a rate split by its definition: one unit, one pair of periods, part by part, in plain Python."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

Amount = tuple[float, float]
# Shares such as one third leave rounding errors; a millionth of a case is none.
NO_CASE = 1e-6


@dataclass(frozen=True)
class Version:
    """One unit version."""

    key: str
    series: str
    code: str
    name: str
    bare_name: str
    level: str
    alive_from: date
    alive_to: date


@dataclass(frozen=True)
class Step:
    """A succession."""

    from_key: str
    to_key: str
    on: date
    share: float


@dataclass
class Tree:
    """Units through time and what they reported: totals and own reports by (unit, indicator, period), as reported."""

    units: dict[str, Version]
    steps: list[Step]
    parents: dict[tuple[str, str], str]
    """By (unit, period): its parent at the period's end."""
    ends: dict[str, date]
    totals: dict[tuple[str, str, str], Amount]
    own_plus_children: set[str]
    own: dict[tuple[str, str, str], Amount] = field(default_factory=dict)
    _next: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    _previous: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for step in self.steps:
            self._next[step.from_key].append(step)
            self._previous[step.to_key].append(step)

    def became(self, key: str, period: str) -> dict[str, float]:
        """Return the units that a unit had become by a period's end, each with its share."""
        later = [step for step in self._next[key] if step.on <= self.ends[period]]
        if not later:
            alive = self.units[key].alive_from <= self.ends[period] <= self.units[key].alive_to
            return {key: 1.0} if alive else {}
        reached: dict[str, float] = defaultdict(float)
        for step in later:
            for last, share in self.became(step.to_key, period).items():
                reached[last] += step.share * share
        return reached

    def led_to(self, key: str) -> list[Version]:
        """Return the unit and every unit from which it ever took over a share, at any time."""
        found = {key: self.units[key]}
        for step in self._previous[key]:
            found |= {unit.key: unit for unit in self.led_to(step.from_key)}
        return list(found.values())

    def carried(self, indicator: str, earlier: str, later: str) -> dict[str, Amount]:
        """Return the totals of the earlier period on the boundaries of the later one."""
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for (key, which, period), (numerator, denominator) in self.totals.items():
            if which == indicator and period == earlier:
                for successor, share in self.became(key, later).items():
                    sums[successor][0] += share * numerator
                    sums[successor][1] += share * denominator
        return {key: (numerator, denominator) for key, (numerator, denominator) in sums.items()}

    def continued(self, key: str, earlier: str, later: str) -> str | None:
        """Return the predecessor whose figure counts as the unit's earlier figure."""
        end, unit = self.ends[earlier], self.units[key]
        before = [u for u in self.led_to(key) if u.alive_from <= end <= u.alive_to]
        if len(before) == 1:
            return before[0].key
        alike = {
            u.key: (
                u.series == unit.series,
                u.name == unit.name,
                u.bare_name == unit.bare_name,
                u.code == unit.code,
            )
            for u in before
        }
        # In order: own earlier version, equal name, equal name without its type, equal code; then the lowest key decides.
        nearest = min(alike, key=lambda k: (*(not same for same in alike[k]), k), default=None)
        return nearest if nearest is not None and any(alike[nearest]) else None


def split(
    tree: Tree, indicator: str, earlier: str, later: str
) -> dict[str, tuple[float, float, float, float]]:
    """Return within, mix, boundary and total of every unit whose rate is known in both periods, in percentage points."""
    carried = tree.carried(indicator, earlier, later)
    result = {}
    for (key, which, period), amount in tree.totals.items():
        if which != indicator or period != later:
            continue
        predecessor = tree.continued(key, earlier, later)
        start = (
            carried.get(key) if predecessor is None else tree.totals.get((predecessor, indicator, earlier))
        )
        before, moved, after = rate(start), rate(carried.get(key)), rate(amount)
        if before is None or moved is None or after is None:
            continue
        within, mix = _inside(tree, indicator, key, carried, later)
        result[key] = (within, mix, moved - before, after - before)
    return result


def rate(amount: Amount | None) -> float | None:
    """Return the rate in per cent; None where nothing is known."""
    return 100 * amount[0] / amount[1] if amount and amount[1] > NO_CASE else None


def _inside(
    tree: Tree, indicator: str, key: str, carried: dict[str, Amount], later: str
) -> tuple[float, float]:
    """Return Σ ½(w₀+w₁)(r₁−r₀) and Σ ½(r₀+r₁)(w₁−w₀) over the unit's parts."""
    total_0, total_1 = carried[key], tree.totals[key, indicator, later]
    children = [child for (child, period), parent in tree.parents.items() if (parent, period) == (key, later)]
    parts_0 = {c: carried[c] for c in children if rate(carried.get(c)) is not None}
    parts_1 = {
        c: tree.totals[c, indicator, later]
        for c in children
        if rate(tree.totals.get((c, indicator, later))) is not None
    }
    rest_0, rest_1 = _rest(total_0, parts_0), _rest(total_1, parts_1)
    heard = bool(parts_0 or parts_1) if indicator in tree.own_plus_children else bool(parts_0 and parts_1)
    if not heard or rest_0 is None or rest_1 is None:
        parts_0, parts_1 = {"itself": total_0}, {"itself": total_1}
    else:
        parts_0["the rest"], parts_1["the rest"] = rest_0, rest_1
    within = mix = 0.0
    for part in parts_0.keys() | parts_1.keys():
        r_0, r_1 = rate(parts_0.get(part)), rate(parts_1.get(part))
        if r_0 is None and r_1 is None:
            continue
        w_0 = parts_0[part][1] / total_0[1] if r_0 is not None else 0.0
        w_1 = parts_1[part][1] / total_1[1] if r_1 is not None else 0.0
        r_0, r_1 = (r_1 if r_0 is None else r_0), (r_0 if r_1 is None else r_1)
        assert r_0 is not None and r_1 is not None
        within += 0.5 * (w_0 + w_1) * (r_1 - r_0)
        mix += 0.5 * (r_0 + r_1) * (w_1 - w_0)
    return within, mix


def _rest(total: Amount, parts: dict[str, Amount]) -> Amount | None:
    """Return the difference between a total and the sum of its parts; None where the sum is larger than the total."""
    numerator = total[0] - sum(n for n, _ in parts.values())
    denominator = total[1] - sum(d for _, d in parts.values())
    if denominator < -NO_CASE or not -NO_CASE <= numerator <= denominator + NO_CASE:
        return None
    return numerator, denominator
