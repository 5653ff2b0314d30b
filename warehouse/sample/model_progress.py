"""Simulated progress of models (form TD): steps, inspections, recognition and awards after registration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from warehouse.sample import draws
from warehouse.sample.model_registrations import Registration
from warehouse.sample.record_texts import record_texts
from warehouse.sample.units import SampleUnit

# Share of units that report no progress of their models; share of models that reach each event.
_SILENT_SHARE = 0.25
_STOPPED, _INSPECTED, _RECOGNISED, _AWARDED, _REPLICATED = 0.05, 0.45, 0.6, 0.4, 0.15
_LONGEST_RUN = timedelta(days=400)
Row = dict[str, Any]


def make_progress(
    registrations: Sequence[Registration],
    units: Mapping[str, SampleUnit],
    successors: Mapping[str, str],
    last_day: date,
) -> Iterator[tuple[SampleUnit, date, Row]]:
    """Yield `(unit that reports, day, row)` for every event up to the last day.

    After a unit has ended, its successor reports the progress of its models.
    """
    for entry in registrations:
        for event, day, more in _events(entry):
            if day > last_day:
                continue
            unit = _reporting_unit(units.get(entry.unit_key), day, units, successors)
            if unit is None or unit.draw("progress") < _SILENT_SHARE:
                continue
            code = entry.row["model_code"]
            row = {"unit_code": unit.unit_code, "model_code": code, "event": event, "event_date": day}
            yield unit, day, row | {"unit_name": unit.unit_name, "parent_name": unit.parent_name} | more


def _reporting_unit(
    unit: SampleUnit | None, day: date, units: Mapping[str, SampleUnit], successors: Mapping[str, str]
) -> SampleUnit | None:
    """The unit, or the successor that is alive on that day; None where no unit is alive, as before the first began."""
    while unit is not None and unit.valid_to < day:
        unit = units.get(successors.get(unit.unit_key, ""))
    return unit if unit is not None and unit.is_alive(day) else None


def _events(entry: Registration) -> Iterator[tuple[str, date, Row]]:
    names = (entry.unit_key, entry.row["model_code"])
    start = entry.row["start_date"]
    run = min((entry.end_date or start + _LONGEST_RUN) - start, _LONGEST_RUN)
    yield "step_1", entry.registered_date - timedelta(days=draws.whole(3, 25, *names, "survey")), {}
    yield "step_2", entry.registered_date, {}
    yield "step_3", start, {}
    if draws.uniform(*names, "stopped") < _STOPPED:
        yield "stopped", start + run / 3, {}
        return
    if draws.uniform(*names, "inspected") < _INSPECTED:
        yield "inspected", start + run / 3, {"decision_no": _number(names, "inspected", "KH-MP")}
    target = entry.row["target"]
    result = round(target * draws.whole(55, 115, *names, "result") / 100) if target else None
    yield "step_4", start + run / 2, {"result_value": result}
    if draws.uniform(*names, "recognised") >= _RECOGNISED:
        return
    end = start + run
    yield "assessed", end - timedelta(days=20), {"result_value": result}
    yield "step_5", end - timedelta(days=10), {}
    awarder = draws.pick(record_texts()["awarders"], *names, "awarder")
    decision = {"decision_body": awarder["body"]}
    yield "recognised", end, decision | {"decision_no": _number(names, "recognised", awarder["sign"])}
    if draws.uniform(*names, "awarded") < _AWARDED:
        award = {"award_kind": awarder["kind"], "award_level": awarder["level"]}
        award["decision_no"] = _number(names, "awarded", awarder["sign"])
        yield "awarded", end + timedelta(days=30), decision | award
    if draws.uniform(*names, "replicated") < _REPLICATED:
        yield "replicated", end + timedelta(days=60), {}


def _number(names: tuple[object, ...], event: str, sign: str) -> str:
    return f"{draws.whole(10, 900, *names, event, 'number')}-{sign}"
