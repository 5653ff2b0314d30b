"""A warehouse built once from reports drawn at random, for three provinces before and after the mergers of 2025-07-01."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.marts.model_world import model_world  # noqa: F401
from tests.marts.raw_world import Row, SentReport, record
from tests.shared_folder import shared_folder
from warehouse.reference.seeds import UNIT_SEEDS
from warehouse.release import audit, build, publish, store
from warehouse.settings import Settings

SEED = 20250701
AS_OF = date(2026, 11, 20)
OLD_PROVINCES = ("02", "08", "20")
TODAYS_PROVINCES = ("08", "20")
OLD_PERIODS = ("2025-05", "2025-06")
NEW_PERIODS = ("2025-07", "2026-09", "2026-10")
SILENT_SHARE = 0.15
# The communes of one province report these months too, each with a drift of its own, so that there are trends to find.
DRIFTING_PROVINCE = "20@2025-07-01"
DRIFTING_PERIODS = tuple(f"2026-{month:02}" for month in range(1, 9))


@dataclass(frozen=True)
class Unit:
    """One unit version, straight from the seed file."""

    key: str
    code: str
    level: str
    parent_key: str
    reporting_level: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True)
class Report:
    """One figure that a unit sent."""

    unit_key: str
    period: str
    indicator: str
    numerator: float | None
    denominator: float | None
    value: float | None
    is_not_applicable: bool = False


@dataclass(frozen=True)
class World:
    """The figures that were sent, the answers "not applicable" (unit, indicator, period), and the release made of both."""

    settings: Settings
    units: dict[str, Unit]
    reports: list[Report]
    not_applicable: set[tuple[str, str, str]]

    def rows(self, sql: str, *parameters: object) -> list[tuple]:
        """Return the rows of a query on the published release."""
        release = store.current(self.settings)
        assert release is not None
        with duckdb.connect(str(release.path), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()


def seed_rows(settings: Settings, name: str) -> list[dict[str, str]]:
    """Return the rows of a seed file, unchanged."""
    with (settings.seeds_dir / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Build, audit and publish the random warehouse."""
    seeds = Settings(data_dir=tmp_path_factory.getbasetemp())
    reporting_levels = {
        row["unit_type"]: row["reporting_level"] for row in seed_rows(seeds, "reporting_levels")
    }
    units = {
        row["unit_key"]: Unit(
            row["unit_key"],
            row["unit_code"],
            row["level"],
            row["parent_unit_key"],
            reporting_levels.get(row["unit_type"], row["level"]),
            row["valid_from"],
            row["valid_to"],
        )
        for name in UNIT_SEEDS
        for row in seed_rows(seeds, name)
    }
    reports = list(_reports(units))
    answers = list(_not_applicable(units, reports))

    def publish_reports(folder: Path) -> None:
        settings = Settings(data_dir=folder, fixed_as_of_date=AS_OF)
        _record(settings, reports + answers)
        build.build(settings)
        audit.audit(settings)
        publish.publish(settings)

    folder = shared_folder(tmp_path_factory, "world", publish_reports)
    yield World(
        Settings(data_dir=folder, fixed_as_of_date=AS_OF),
        units,
        reports,
        {(r.unit_key, r.indicator, r.period) for r in answers},
    )


def _reports(units: dict[str, Unit]) -> Iterator[Report]:
    chance = random.Random(SEED)
    for period in OLD_PERIODS + NEW_PERIODS:
        is_old = period in OLD_PERIODS
        provinces = (
            {f"{code}@0" for code in OLD_PROVINCES}
            if is_old
            else {f"{c}@2025-07-01" for c in TODAYS_PROVINCES}
        )
        for unit in units.values():
            if not _lies_in(unit, provinces, units) or chance.random() < SILENT_SHARE:
                continue
            if unit.level in {"commune", "district", "province", "body"} and _lives(unit, period):
                # own_plus_children at every level
                denominator = chance.choice([0, 1, 4, 30, 120, 900])
                yield Report(unit.key, period, "TTHC_DUNGHAN", _part(chance, denominator), denominator, None)
            # total_reported, a rate and a count, by communes; some districts and provinces send totals of their own
            if unit.level == "commune" or (unit.level == "district" and chance.random() < 0.3):
                yield Report(unit.key, period, "NTT_XL", _part(chance, 12), 12, None)
                yield Report(unit.key, period, "KK_DONGNGUOI", None, None, float(chance.randint(0, 3)))
            if unit.level == "province" and unit.code == "20":
                yield Report(unit.key, period, "KK_DONGNGUOI", None, None, float(chance.randint(20, 60)))
    yield from _drifting_reports(units, chance)


def _not_applicable(units: dict[str, Unit], reports: list[Report]) -> Iterator[Report]:
    """Every other unit that sent no figure says in two months that the indicator does not apply to it."""
    sent = {(report.unit_key, report.indicator, report.period) for report in reports}
    answering = {"TTHC_DUNGHAN": ("commune", "district", "body"), "NTT_XL": ("commune", "district")}
    for period, provinces in (
        ("2025-06", {f"{code}@0" for code in OLD_PROVINCES}),
        ("2026-10", {f"{code}@2025-07-01" for code in TODAYS_PROVINCES}),
    ):
        for indicator, levels in answering.items():
            silent = [
                unit.key
                for unit in units.values()
                if unit.level in levels
                and _lives(unit, period)
                and _lies_in(unit, provinces, units)
                and (unit.key, indicator, period) not in sent
            ]
            for unit_key in silent[::2]:
                yield Report(unit_key, period, indicator, None, None, None, is_not_applicable=True)


def _drifting_reports(units: dict[str, Unit], chance: random.Random) -> Iterator[Report]:
    for unit in units.values():
        if unit.parent_key != DRIFTING_PROVINCE or unit.level != "commune":
            continue
        drift, size = chance.choice([-0.03, 0, 0.03]), chance.choice([20, 150, 900])
        for step, period in enumerate(DRIFTING_PERIODS):
            if chance.random() < 0.03:
                continue
            numerator = sum(chance.random() < 0.8 + drift * (step - 4) for _ in range(size))
            yield Report(unit.key, period, "TTHC_DUNGHAN", numerator, size, None)
            count = max(0, round(5 + 100 * drift * (step - 4) / 3 + chance.choice([-1, 0, 0, 1])))
            yield Report(unit.key, period, "KK_DONGNGUOI", None, None, float(count))


def _part(chance: random.Random, whole: int) -> int:
    failing = chance.choice([0.0, 0.01, 0.06])
    return whole - sum(chance.random() < failing for _ in range(whole))


def _lives(unit: Unit, period: str) -> bool:
    end = f"{period}-28"
    return (unit.valid_from or "0") <= end and (unit.valid_to or "9") >= end


def _lies_in(unit: Unit, provinces: set[str], units: dict[str, Unit]) -> bool:
    seen: Unit | None = unit
    while seen is not None:
        if seen.key in provinces:
            return True
        seen = units.get(seen.parent_key)
    return False


def _record(settings: Settings, reports: list[Report]) -> None:
    by_unit_and_period: dict[tuple[str, str], list[Row]] = {}
    for report in reports:
        by_unit_and_period.setdefault((report.unit_key, report.period), []).append(
            {
                "indicator_code": report.indicator,
                "numerator": report.numerator,
                "denominator": report.denominator,
                "value": report.value,
                "is_not_applicable": report.is_not_applicable,
            }
        )
    record(
        settings,
        [
            SentReport(number, "BC", *unit_and_period, rows)
            for number, (unit_and_period, rows) in enumerate(by_unit_and_period.items())
        ],
    )
