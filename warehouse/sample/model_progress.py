"""Simulated progress of models (form TD): steps, inspections, recognition and awards after registration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from warehouse.sample import chance
from warehouse.sample.places import Place
from warehouse.sample.record_texts import record_texts
from warehouse.sample.registrations import Registration

# Share of units that tell nothing of their models' progress; how often what comes to a model.
_SILENT_SHARE = 0.25
_STOPPED, _INSPECTED, _RECOGNISED, _AWARDED, _REPLICATED = 0.05, 0.45, 0.6, 0.4, 0.15
_LONGEST_RUN = timedelta(days=400)
Row = dict[str, Any]


def make_progress(
    registrations: Sequence[Registration],
    places: Mapping[str, Place],
    successors: Mapping[str, str],
    last_day: date,
) -> Iterator[tuple[Place, date, Row]]:
    """`(unit that reports, day, row)` of every event up to the last day.

    What a unit left unfinished when it ended is reported by the one that carries its models on.
    """
    for entry in registrations:
        for event, day, more in _events(entry):
            if day > last_day:
                continue
            place = _reporting_unit(places.get(entry.unit_key), day, places, successors)
            if place is None or place.draw("progress") < _SILENT_SHARE:
                continue
            code = entry.row["model_code"]
            row = {"unit_code": place.unit_code, "model_code": code, "event": event, "event_date": day}
            yield place, day, row | {"unit_name": place.unit_name, "parent_name": place.parent_name} | more


def _reporting_unit(
    place: Place | None, day: date, places: Mapping[str, Place], successors: Mapping[str, str]
) -> Place | None:
    """The unit itself or whoever took it over by that day; None where there is none, as before it began."""
    while place is not None and place.valid_to < day:
        place = places.get(successors.get(place.unit_key, ""))
    return place if place is not None and place.is_alive(day) else None


def _events(entry: Registration) -> Iterator[tuple[str, date, Row]]:
    names = (entry.unit_key, entry.row["model_code"])
    start = entry.row["start_date"]
    run = min((entry.end_date or start + _LONGEST_RUN) - start, _LONGEST_RUN)
    yield "step_1", entry.registered_date - timedelta(days=chance.whole(3, 25, *names, "survey")), {}
    yield "step_2", entry.registered_date, {}
    yield "step_3", start, {}
    if chance.uniform(*names, "stopped") < _STOPPED:
        yield "stopped", start + run / 3, {}
        return
    if chance.uniform(*names, "inspected") < _INSPECTED:
        yield "inspected", start + run / 3, {"decision_no": _number(names, "inspected", "KH-MP")}
    target = entry.row["target"]
    result = round(target * chance.whole(55, 115, *names, "result") / 100) if target else None
    yield "step_4", start + run / 2, {"result_value": result}
    if chance.uniform(*names, "recognised") >= _RECOGNISED:
        return
    end = start + run
    yield "assessed", end - timedelta(days=20), {"result_value": result}
    yield "step_5", end - timedelta(days=10), {}
    awarder = chance.pick(record_texts()["awarders"], *names, "awarder")
    decision = {"decision_body": awarder["body"]}
    yield "recognised", end, decision | {"decision_no": _number(names, "recognised", awarder["sign"])}
    if chance.uniform(*names, "awarded") < _AWARDED:
        award = {"award_kind": awarder["kind"], "award_level": awarder["level"]}
        award["decision_no"] = _number(names, "awarded", awarder["sign"])
        yield "awarded", end + timedelta(days=30), decision | award
    if chance.uniform(*names, "replicated") < _REPLICATED:
        yield "replicated", end + timedelta(days=60), {}


def _number(names: tuple[object, ...], event: str, sign: str) -> str:
    return f"{chance.whole(10, 900, *names, event, 'number')}-{sign}"
