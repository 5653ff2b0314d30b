"""Who owes which report, and what became of it: a plain walk over units, duties, holidays and files, day by day. No SQL."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from warehouse.reference import periods
from warehouse.reference.seeds import UNIT_SEEDS
from warehouse.settings import LOCAL_ZONE

UTC_TO_LOCAL = timedelta(hours=7)
LONGEST_PAUSE = timedelta(days=731)
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Sent:
    """One submission in the ledger; `received_at` is UTC without a zone."""

    submission_id: str
    file: str
    form: str
    unit_key: str
    period: str
    received_at: datetime
    is_accepted: bool

    @property
    def day(self) -> date:
        """Return the day in Viet Nam on which the submission was received."""
        assert LOCAL_ZONE.key == "Asia/Ho_Chi_Minh"
        return (self.received_at + UTC_TO_LOCAL).date()


@dataclass(frozen=True)
class Owed:
    """One obligation, as the published table should have it."""

    unit_key: str
    form: str
    period: str
    due_date: date
    submission_id: str | None
    status: str
    days_late: int | None
    returned_count: int
    inherited_from: str | None
    province_code: str
    level: str


class Walk:
    """The seeds of one project, and all submissions."""

    def __init__(self, seeds_dir: Path, sent: Iterable[Sent], as_of: date) -> None:
        self._seeds = seeds_dir
        self._as_of = as_of
        self.units = {row["unit_key"]: row for name in UNIT_SEEDS for row in self._rows(name)}
        self._steps: dict[str, list[dict[str, str]]] = defaultdict(list)
        for name in ("successions", "body_successions"):
            for row in self._rows(name):
                self._steps[row["from_unit_key"]].append(row)
        self._renamed_from = {
            step["to_unit_key"]: step["from_unit_key"]
            for steps in self._steps.values()
            for step in steps
            if step["kind"] == "renamed"
        }
        self._holidays = {date.fromisoformat(row["holiday_date"]) for row in self._rows("holidays")}
        self._rules = self._rows("due_date_rules")
        self._form_duties = self._rows("form_duties")
        self._reporting_levels = {
            row["unit_type"]: row["reporting_level"] for row in self._rows("reporting_levels")
        }
        self._decided = {(row["scope_unit_key"], row["form"]): row for row in self._rows("reporting_starts")}
        self.periods = [
            p for p in (periods.from_code(row["period_code"]) for row in self._rows("periods")) if p
        ]
        self._files: dict[Key, list[Sent]] = defaultdict(list)
        for one in sent:
            self._files[one.form, one.unit_key, one.period].append(one)

    def obligations(self) -> Iterator[Owed]:
        """Return every obligation whose period has begun."""
        starts = self.starts()
        duties = [
            (form, level, period, self.due_date(form, level, period))
            for form, level, period in self.duties()
            if period.start_date <= self._as_of
        ]
        by_level = defaultdict(list)
        for form, level, period, due in duties:
            by_level[level].append((form, period, due))
        for unit in self.units.values():
            province = self._line(self._province(unit["unit_key"]))
            own_level = self._reporting_levels.get(unit["unit_type"], unit["level"])
            for form, period, due in by_level[own_level]:
                start = starts.get((province, form))
                if start and period.end_date >= start and self._lives(unit, period.end_date):
                    yield self._judge(unit["unit_key"], form, period.code, due)

    def duties(self) -> Iterator[tuple[str, str, periods.Period]]:
        """Return each form, level and period that the units of the level owe."""
        frequency = {row["indicator_code"]: row["frequency"] for row in self._rows("indicators")}
        indicator_duties = self._rows("reporting_duties")
        for period in self.periods:
            levels = {
                duty["level"]
                for duty in indicator_duties
                if period.period_type in periods.OWN_TYPES[frequency[duty["indicator_code"]]]
                and self._holds(duty, period.end_date)
            }
            yield from (("BC", level, period) for level in sorted(levels))
            for duty in self._form_duties:
                if duty["period_type"] == period.period_type and self._holds(duty, period.end_date):
                    yield duty["form"], duty["level"], period

    def starts(self) -> dict[tuple[str, str], date]:
        """Return the day from which a province, by the first key of its line of renames, takes part in a form."""
        ends: dict[tuple[str, str], set[date]] = defaultdict(set)
        for form, unit_key, code in self._files:
            period, province = periods.from_code(code), self._province(unit_key)
            if not period or period.period_type in {"year", "phase"} or not province:
                continue
            if any(one.is_accepted for one in self._files[form, unit_key, code]):
                ends[self._line(province), form].add(period.end_date)
                ends[self._line(self._todays_province(province)), form].add(period.end_date)
        found = {}
        for key, days in ends.items():
            begun: date | None = None
            last: date | None = None
            for day in sorted(days):
                begun = day if last is None or day - last > LONGEST_PAUSE else begun
                last = day
            assert begun
            found[key] = begun
        country = {form: row for (scope, form), row in self._decided.items() if scope == "VN@0"}
        provinces = [unit for unit in self.units.values() if unit["level"] == "province"]
        for form, row in country.items():
            for unit in provinces:
                found[self._line(unit["unit_key"]), form] = date.fromisoformat(row["start_date"])
        for (scope, form), row in self._decided.items():
            if scope != "VN@0":
                found[self._line(scope), form] = date.fromisoformat(row["start_date"])
        return found

    def due_date(self, form: str, level: str, period: periods.Period) -> date:
        """Count the due date on the calendar, one day after the other."""
        (rule,) = (
            row
            for row in self._rules
            if (row["form"], row["level"], row["period_type"]) == (form, level, period.period_type)
            and self._holds(row, period.end_date)
        )
        day, left = period.end_date, int(rule["day_count"])
        while left:
            day += timedelta(days=1)
            is_working = day.isoweekday() <= 5 and day not in self._holidays
            left -= rule["day_kind"] == "calendar" or is_working
        return day

    def _judge(self, unit_key: str, form: str, period: str, due: date) -> Owed:
        files = sorted(
            self._files.get((form, unit_key, period), ()), key=lambda one: (one.received_at, one.file)
        )
        first = next((one for one in files if one.is_accepted), None)
        answering, heir = unit_key, None
        is_met = first is not None and first.day <= due
        if not is_met and not self._outlives(unit_key, due):
            answering = heir = self._heir(unit_key, due)
        if first:
            status, until = ("on_time" if first.day <= due else "late"), first.day
        else:
            status, until = ("missing" if due < self._as_of else "not_yet_due"), self._as_of
        return Owed(
            unit_key=answering,
            form=form,
            period=period,
            due_date=due,
            submission_id=first.submission_id if first else None,
            status=status,
            days_late=None if status == "not_yet_due" else max(0, (until - due).days),
            returned_count=sum(not one.is_accepted for one in files),
            inherited_from=unit_key if heir else None,
            province_code=self.units[self._province(answering)]["unit_code"],
            level=self.units[unit_key]["level"],
        )

    def _outlives(self, unit_key: str, day: date) -> bool:
        """Return whether the unit, under any name, still exists."""
        for _ in range(10):
            unit = self.units[unit_key]
            if not unit["valid_to"] or unit["valid_to"] >= day.isoformat():
                return True
            renames = [step for step in self._steps[unit_key] if step["kind"] == "renamed"]
            if not renames:
                return False
            unit_key = renames[0]["to_unit_key"]
        raise AssertionError(unit_key)

    def _heir(self, unit_key: str, day: date) -> str:
        for _ in range(10):
            unit, steps = self.units[unit_key], self._steps[unit_key]
            if steps:
                unit_key = min(
                    steps,
                    key=lambda step: (
                        -float(step["share"]),
                        self.units[step["to_unit_key"]]["unit_code"] != unit["unit_code"],
                        self.units[step["to_unit_key"]]["unit_name"] != unit["unit_name"],
                        step["to_unit_key"],
                    ),
                )["to_unit_key"]
            else:
                unit_key = unit["parent_unit_key"]
            if self._lives(self.units[unit_key], day):
                return unit_key
        raise AssertionError(unit_key)

    def _province(self, unit_key: str) -> str:
        unit = self.units[unit_key]
        while unit["level"] not in {"province", "country"}:
            unit = self.units[unit["parent_unit_key"]]
        return unit["unit_key"] if unit["level"] == "province" else ""

    def _todays_province(self, unit_key: str) -> str:
        while self._steps[unit_key]:
            (step,) = self._steps[unit_key]
            unit_key = step["to_unit_key"]
        return unit_key

    def _line(self, unit_key: str) -> str:
        """Return the first version of a chain of renames."""
        while unit_key in self._renamed_from:
            unit_key = self._renamed_from[unit_key]
        return unit_key

    @staticmethod
    def _lives(unit: dict[str, str], day: date) -> bool:
        return (unit["valid_from"] or "0") <= day.isoformat() <= (unit["valid_to"] or "9")

    @staticmethod
    def _holds(row: dict[str, str], day: date) -> bool:
        return (row["valid_from"] or "0") <= day.isoformat() <= (row["valid_to"] or "9")

    def _rows(self, seed: str) -> list[dict[str, str]]:
        with (self._seeds / f"{seed}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
