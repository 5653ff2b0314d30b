"""Simulated registrations of "Dân vận khéo" models (form DK), on real units and invented villages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.sample import campaigns, draws
from warehouse.sample.planted import Planted
from warehouse.sample.units import SampleUnit, SampleUnits

# Registrations a year of an ordinary commune, of a district's or province's own offices, and of a body.
_A_YEAR = {"commune": 1.0, "district": 3.0, "province": 2.0, "body": 2.0}
# Most units register in the first quarter, after the year's guidance; few at the end.
_MONTH_WEIGHTS = (0.06, 0.12, 0.22, 0.16, 0.1, 0.08, 0.06, 0.05, 0.05, 0.05, 0.03, 0.02)
_INDIVIDUAL_SHARE = 0.28
_FIRST_YEAR_OF_PHASE_2 = 2026
_LEVELS = {"commune": "commune", "district": "district", "province": "province", "body": "province"}
# Share of models that are chosen for the level above too, and which level that is; some for the district while there was one.
_CHOSEN_SHARE, _DISTRICT_SHARE = 0.16, 0.6
_LEVELS_ABOVE = {"commune": "province", "district": "province", "body": "central"}
_DISTRICTS_ENDED = date(2025, 7, 1)
# Chance that a registrar leaves an element of a concrete registration out.
_LEFT_OUT = {
    "measure": 0.25,
    "baseline": 0.4,
    "target": 0.3,
    "due_date": 0.3,
    "resources": 0.35,
    "beneficiaries": 0.25,
    "lead_force": 0.15,
    "sustainability": 0.4,
    "partner_forces": 0.3,
}
_TEXTS_PATH = Path(__file__).with_name("model_texts.yml")


@dataclass(frozen=True)
class Registration:
    """One model: who registered it, when, until when it runs, and the row of form DK."""

    unit_key: str
    registered_date: date
    end_date: date | None
    kind: str
    row: dict[str, Any]

    def is_valid_on(self, day: date) -> bool:
        """Whether it was registered and not yet ended on this day."""
        return self.registered_date <= day and (self.end_date is None or self.end_date >= day)


def make_registrations(
    units: SampleUnits, months: list[date], planted: Planted, before: Sequence[Registration] = ()
) -> list[Registration]:
    """Registrations of every unit alive in each month, oldest first; near-duplicates where they are planted.

    Codes go on from those `before`: a unit that bears the code of an ended one must not give its models that one's codes again.
    """
    made: list[Registration] = []
    by_unit_year = Counter((entry.row["unit_code"], entry.registered_date.year) for entry in before)
    for month in months:
        for unit in units.listed:
            if unit.is_part or not unit.is_alive(_month_end(month)):
                continue
            for number in range(_count(unit, month)):
                key = (unit.unit_code, month.year)
                by_unit_year[key] += 1
                made.append(_registration(unit, month, number, by_unit_year[key]))
        for unit, source in planted.near_duplicates(month, units.listed):
            original = next((entry for entry in made if entry.unit_key == source), None)
            if original is not None:
                key = (unit.unit_code, month.year)
                by_unit_year[key] += 1
                made.append(_near_duplicate(original, unit, month, by_unit_year[key]))
    return made


def _count(unit: SampleUnit, month: date) -> int:
    mean = _A_YEAR[unit.level] * unit.size * _MONTH_WEIGHTS[month.month - 1]
    mean *= math.exp(0.4 * unit.effect)
    drawn, count, term = unit.draw("registrations", month), 0, math.exp(-mean)
    reached = term
    while drawn > reached:  # the inverse of the Poisson distribution
        count += 1
        term *= mean / count
        reached += term
    return count


def _registration(unit: SampleUnit, month: date, number: int, serial: int) -> Registration:
    names = (unit.unit_key, month, number)
    texts = _texts()
    topic = draws.pick(texts["topics"], *names, "topic")
    thon = draws.pick(texts["villages"], *names, "thon")
    kind = "individual" if draws.uniform(*names, "kind") < _INDIVIDUAL_SHARE else "collective"
    registered = month + timedelta(days=draws.whole(0, 26, *names, "day"))
    start = registered + timedelta(days=draws.whole(0, 30, *names, "start"))
    end = start + timedelta(days=draws.whole(180, 700, *names, "end"))
    words = {
        "thon": thon,
        "xa": unit.unit_name,
        "n": draws.whole(8, 140, *names, "n"),
        "opening": draws.pick(texts["openings"], *names, "opening"),
    }
    row = {
        "unit_code": unit.unit_code,
        "model_code": f"DVK-{unit.unit_code}-{month.year}-{serial:02}",
        "model_name": topic["name"].format(**words),
        "kind": kind,
        "field_code": topic["field"],
        "phase": "2026-2030" if month.year >= _FIRST_YEAR_OF_PHASE_2 else "2021-2025",
        "level": _LEVELS[unit.level],
        "registered_date": registered,
        "holder_name": _holder(unit, kind, thon, names),
        "situation": f"{topic['situation'].format(**words)} {_words('findings', names, words)}",
        "objective": f"{topic['objective']} {_words('aims', names, words)}",
        "measure": topic["measure"],
        "baseline": draws.whole(*topic["baseline"], *names, "baseline"),
        "target": draws.whole(*topic["target"], *names, "target"),
        "due_date": end - timedelta(days=draws.whole(0, 60, *names, "due")),
        "content": _content(names, words),
        "area": f"Thôn {thon}, {unit.unit_name}" if unit.level == "commune" else f"Thôn {thon}",
        "beneficiaries": topic["beneficiaries"].format(**words),
        "lead_force": draws.pick(texts["lead_forces"], *names, "lead"),
        "partner_forces": draws.pick(texts["partner_forces"], *names, "partner"),
        "resources": draws.pick(texts["resources"], *names, "resources").format(**words),
        "start_date": start,
        "end_date": end,
        "outputs": topic["outputs"],
        "sustainability": draws.pick(texts["sustainability"], *names, "sustainability"),
        "resolution_no": f"{draws.whole(3, 90, *names, 'resolution')}-KH/ĐU",
        "registered_for_level": _chosen_level(unit, registered, names),
        "campaign_code": campaigns.of_model(topic.get("campaign"), registered, *names),
    }
    diligence = 0.6 + 0.8 * unit.draw("vague")
    for column, share in _LEFT_OUT.items():
        if draws.uniform(*names, "left out", column) < share * diligence:
            row[column] = None
    return Registration(unit.unit_key, registered, end, kind, row)


def _chosen_level(unit: SampleUnit, day: date, names: tuple[object, ...]) -> str | None:
    """Return the level above for which the unit chooses the model too; None for most models."""
    if draws.uniform(*names, "chosen") >= _CHOSEN_SHARE or unit.level not in _LEVELS_ABOVE:
        return None
    has_district = unit.level == "commune" and day < _DISTRICTS_ENDED
    is_for_district = has_district and draws.uniform(*names, "chosen for district") < _DISTRICT_SHARE
    return "district" if is_for_district else _LEVELS_ABOVE[unit.level]


def _near_duplicate(original: Registration, unit: SampleUnit, month: date, serial: int) -> Registration:
    """A copy of a registration under another unit's name, with a few words changed."""
    registered = month + timedelta(days=14)
    name = original.row["model_name"].replace("Vận động", "Tuyên truyền, vận động").replace(" tại ", " ở ")
    row = original.row | {
        "unit_code": unit.unit_code,
        "model_code": f"DVK-{unit.unit_code}-{month.year}-{serial:02}",
        "model_name": name,
        "registered_date": registered,
        "start_date": registered,
        "level": _LEVELS[unit.level],
        "phase": "2026-2030" if month.year >= _FIRST_YEAR_OF_PHASE_2 else "2021-2025",
        "end_date": registered + timedelta(days=365),
        "due_date": registered + timedelta(days=300),
        "registered_for_level": None,
        "campaign_code": None,
    }
    return Registration(unit.unit_key, registered, row["end_date"], original.kind, row)


def _holder(unit: SampleUnit, kind: str, thon: str, names: tuple[object, ...]) -> str:
    """Return the holder of the model: a collective, or an individual's post; never a person's name."""
    texts = _texts()
    inside = unit.level == "body"
    if kind == "individual":
        return draws.pick(texts["officers" if inside else "individuals"], *names, "holder").format(thon=thon)
    return draws.pick(texts["bodies" if inside else "collectives"], *names, "holder").format(thon=thon)


def _words(pool: str, names: tuple[object, ...], words: dict[str, Any]) -> str:
    return str(draws.pick(_texts()[pool], *names, pool)).format(**words)


def _content(names: tuple[object, ...], words: dict[str, Any]) -> str:
    """Some of the usual actions in a random order, marked as simulated."""
    actions = sorted(_texts()["actions"], key=lambda action: draws.uniform(*names, action))
    chosen = "; ".join(actions[: draws.whole(2, 5, *names, "actions")]).format(**words)
    return f"{chosen[0].upper()}{chosen[1:]} (mô phỏng)."


def month_starts(first: date, last: date) -> list[date]:
    """The first day of each month from `first` to `last`."""
    starts = []
    while first <= last:
        starts.append(first)
        first = (first + timedelta(days=32)).replace(day=1)
    return starts


def _month_end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@cache
def _texts() -> dict[str, Any]:
    with _TEXTS_PATH.open(encoding="utf-8") as file:
        return yaml.safe_load(file)
