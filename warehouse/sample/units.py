"""The units of the sample: real units, with a simulated size, quality and diligence."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from warehouse.reference.seeds import UNIT_SEEDS, read_seed
from warehouse.sample import draws

MERGER = date(2025, 7, 1)
OPEN_END = date.max
# Spread of the sizes of communes (log scale), and how much bigger a ward is.
_SIZE_SPREAD = 0.35
_WARD_FACTOR = 1.4
# The quality of a merged commune is that of its parts and, by this share, its own.
_OWN_SHARE_OF_EFFECT = 0.25
# Share of reports that a unit leaves out: most units leave out few, some many.
_MISSING_MEDIAN = 0.05
_MISSING_SPREAD = 0.8
_MISSING_MOST = 0.45
# Bodies that joined the sample later have draws of their own, so that the figures of all others stay as they were.
_JOINED_LATER = ("BDBP", "SYT", "SGTVT", "SXD", "STNMT", "SNNPTNT", "SNNMT")
# Reporting levels of units inside a commune or a body, and how big such a unit is beside an ordinary commune.
_SIZE_OF_PARTS = {"division": 0.3, "village": 0.12}


@dataclass(frozen=True)
class SampleUnit:
    """One unit version. `size` is 1 for an ordinary commune; `effect` is its quality, standard normal."""

    unit_key: str
    unit_code: str
    unit_name: str
    level: str
    reporting_level: str
    unit_type: str
    parent_key: str
    parent_name: str
    valid_from: date
    valid_to: date
    size: float
    effect: float
    missing_rate: float

    @property
    def is_part(self) -> bool:
        """Whether the unit lies inside a body or a commune: it sends form BC and no other."""
        return self.reporting_level in _SIZE_OF_PARTS

    def is_alive(self, day: date) -> bool:
        """Whether the unit existed on this day."""
        return self.valid_from <= day <= self.valid_to

    def draw(self, *names: object) -> float:
        """A number between 0 and 1 that depends on the unit and the names alone."""
        return draws.uniform(self.unit_key, *names)


@dataclass(frozen=True)
class SampleUnits:
    """The units below some province versions: provinces, districts, communes, bodies, later bodies, parts, in this order."""

    listed: tuple[SampleUnit, ...]
    main_successor: dict[str, str]

    @property
    def groups(self) -> tuple[SampleUnits, ...]:
        """The units in groups whose draws do not depend on one another, in the order of `listed`."""
        later = [_is_later(unit.unit_code) for unit in self.listed]
        first = later.index(True) if True in later else len(later)
        halves = (self.listed[:first], self.listed[first:])
        return tuple(SampleUnits(half, self.main_successor) for half in halves if half)

    def parts_of(self, unit_key: str) -> tuple[int, ...]:
        """Positions of the divisions of a body, or of the villages of a commune."""
        return self._parts.get(unit_key, ())

    @cached_property
    def _parts(self) -> dict[str, tuple[int, ...]]:
        parts: dict[str, tuple[int, ...]] = {}
        for position, unit in enumerate(self.listed):
            if unit.is_part:
                parts[unit.parent_key] = (*parts.get(unit.parent_key, ()), position)
        return parts

    def below(self, unit_key: str) -> tuple[int, ...]:
        """Positions of the unit itself and of all below it."""
        keys = {unit_key}
        found = []
        for position, unit in enumerate(self.listed):
            if unit.unit_key in keys or unit.parent_key in keys:
                keys.add(unit.unit_key)
                found.append(position)
        return tuple(found)


def load_units(seeds_dir: Path, province_keys: tuple[str, ...]) -> SampleUnits:
    """The units below these province versions. Raises KeyError for a province that the seeds do not have."""
    units = _units(seeds_dir)
    children = _children(seeds_dir)
    rows = [units[key] for key in province_keys]
    for level in ("district", "commune", "body"):
        rows += [row for above in list(rows) for row in children[above["unit_key"]] if row["level"] == level]
    rows.sort(key=lambda row: _is_later(row["unit_code"]))
    holders = [row for row in rows if row["level"] in ("commune", "body")]
    rows += [row for above in holders for row in children[above["unit_key"]]]
    predecessors = _predecessors(seeds_dir)
    reporting_levels = {
        row["unit_type"]: row["reporting_level"] for row in read_seed(seeds_dir, "reporting_levels")
    }
    return SampleUnits(
        tuple(_sample_unit(row, units, predecessors, reporting_levels) for row in rows),
        _main_successors(seeds_dir),
    )


def _sample_unit(
    row: dict[str, str],
    units: dict[str, dict[str, str]],
    predecessors: dict[str, list[tuple[str, float]]],
    reporting_levels: dict[str, str],
) -> SampleUnit:
    key = row["unit_key"]
    parts = predecessors.get(key, [])
    reporting_level = reporting_levels.get(row["unit_type"], row["level"])
    own_size = _size(row) * _SIZE_OF_PARTS.get(reporting_level, 1.0)
    size = sum(_size(units[part]) * share for part, share in parts) or own_size
    inherited = sum(_effect(part) * _size(units[part]) * share for part, share in parts) / size
    missing = _MISSING_MEDIAN * math.exp(_MISSING_SPREAD * draws.normal(key, "missing"))
    return SampleUnit(
        unit_key=key,
        unit_code=row["unit_code"],
        unit_name=row["unit_name"],
        level=row["level"],
        reporting_level=reporting_level,
        unit_type=row["unit_type"],
        parent_key=row["parent_unit_key"],
        parent_name=units[row["parent_unit_key"]]["unit_name"],
        valid_from=_date(row["valid_from"], date.min),
        valid_to=_date(row["valid_to"], OPEN_END),
        size=size,
        effect=inherited + _OWN_SHARE_OF_EFFECT * _effect(key) if parts else _effect(key),
        missing_rate=min(missing, _MISSING_MOST),
    )


def _is_later(unit_code: str) -> bool:
    return unit_code.partition("-")[2] in _JOINED_LATER


def _size(row: dict[str, str]) -> float:
    ward = _WARD_FACTOR if row["unit_type"] in ("Phường", "Thị trấn") else 1.0
    return ward * math.exp(_SIZE_SPREAD * draws.normal(row["unit_key"], "size"))


def _effect(unit_key: str) -> float:
    return draws.normal(unit_key, "effect")


def _date(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


@cache
def _units(seeds_dir: Path) -> dict[str, dict[str, str]]:
    """The units of the state: those of the party have figures of their own (`party`)."""
    names = [name for name in UNIT_SEEDS if name != "party_units"]
    return {row["unit_key"]: row for name in names for row in read_seed(seeds_dir, name)}


@cache
def _children(seeds_dir: Path) -> dict[str, list[dict[str, str]]]:
    children = defaultdict(list)
    for row in _units(seeds_dir).values():
        children[row["parent_unit_key"]].append(row)
    return children


@cache
def _predecessors(seeds_dir: Path) -> dict[str, list[tuple[str, float]]]:
    """The parts of each commune, with the share that it took of each part."""
    units = _units(seeds_dir)
    parts = defaultdict(list)
    for row in read_seed(seeds_dir, "successions"):
        if units[row["from_unit_key"]]["level"] == "commune":
            parts[row["to_unit_key"]].append((row["from_unit_key"], float(row["share"])))
    return parts


@cache
def _main_successors(seeds_dir: Path) -> dict[str, str]:
    """The successor that took over the models of each unit: the only one, or the first of several."""
    successors: dict[str, str] = {}
    for name in ("successions", "body_successions"):
        for row in read_seed(seeds_dir, name):
            successors.setdefault(row["from_unit_key"], row["to_unit_key"])
    return successors
