"""Who owes what, against a plain walk in Python over two random worlds, and by hand."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.marts.conftest import World
from tests.marts.obligation_walk import Owed, Sent, Walk
from tests.marts.raw_world import SentReport, record
from warehouse.reference import periods
from warehouse.reference.context import load_reference
from warehouse.settings import Settings

SEED = 20250630
# The day on which communes' reports of October are due: a report that is not there yet is not missing.
AS_OF = date(2026, 11, 6)
PARTAKING = ("02@0", "08@0", "20@0", "08@2025-07-01", "20@2025-07-01", "22@2025-07-01", "22@2026-09-01")
MONTHS = ("2024-12", "2025-01", "2025-05", "2025-06", "2025-07", "2025-12", "2026-08", "2026-09", "2026-10")
PERIODS = frozenset((*MONTHS, "2025-Q1", "2025-6M", "2026-9M", "2024", "2025", "2021-2025"))
COLUMNS = (
    "unit_key, form, period_code, due_date, submission_id, status, days_late, returned_count, inherited_from_unit_key,"
    " province_code, level"
)


@dataclass(frozen=True)
class OwnProject(Settings):
    """An installation with a dbt project of its own, whose lists a province has changed."""

    project: Path = Path()

    @property
    def dbt_project_dir(self) -> Path:
        """Return the installation's own copy of the dbt project."""
        return self.project


@dataclass(frozen=True)
class Obligations:
    """The submissions that were sent, and the tables that dbt made of them."""

    settings: OwnProject
    sent: list[Sent]

    def rows(self, sql: str, *parameters: object) -> list[tuple]:
        """Return the rows of a query on the private build."""
        with duckdb.connect(str(self.settings.build_path), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Obligations]:
    """Build three provinces around the merger and a renamed one, with reports before, on and after their due dates."""
    folder = tmp_path_factory.mktemp("obligations")
    settings = OwnProject(data_dir=folder / "data", fixed_as_of_date=AS_OF, project=folder / "dbt_project")
    shutil.copytree(
        Settings(data_dir=folder).dbt_project_dir,
        settings.project,
        ignore=shutil.ignore_patterns("target", "logs"),
    )
    _add(settings, "form_duties", "HD,month,commune,2026-08-01,,test")
    _add(settings, "due_date_rules", "HD,month,commune,3,calendar,,,test")
    # Decided: two provinces, and the country for a form; nearer goes first.
    _add(
        settings, "reporting_starts", "22@2025-07-01,BC,,2026-08-15,test", "20@2025-07-01,TX,,2026-10-01,test"
    )
    _add(settings, "reporting_starts", "VN@0,HD,,2026-10-01,test", "08@2025-07-01,HD,,2026-08-15,test")
    sent = list(_sent(Walk(settings.seeds_dir, [], AS_OF)))
    _record(settings, sent)
    assert _dbt(settings, "+rpt_reporting_rates +int_recorded_values") == ""
    yield Obligations(settings, sent)


def _add(settings: OwnProject, seed: str, *lines: str) -> None:
    with (settings.seeds_dir / f"{seed}.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in lines)


def _dbt(settings: OwnProject, selected: str) -> str:
    """Return dbt's messages of failures, or nothing. dbt keeps its file open until its process ends, so it gets its own."""
    project = str(settings.project)
    arguments = [
        "build",
        "--project-dir",
        project,
        "--profiles-dir",
        project,
        "--select",
        selected,
        "--quiet",
    ]
    # Tests that need a mart besides are left to the whole build.
    arguments += ["--indirect-selection", "cautious"]
    arguments += ["--vars", f'{{"as_of_date": "{settings.as_of_date()}"}}', "--no-use-colors"]
    environment = os.environ | {"RAW_PATH": str(settings.raw_path), "BUILD_PATH": str(settings.build_path)}
    code = "import sys; from dbt.cli.main import cli; cli(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def _sent(walk: Walk) -> Iterator[Sent]:
    """Draw up to three files for most obligations around the due date, and a few of provinces that take no part."""
    chance = random.Random(SEED)
    known = {period.code: period for period in walk.periods}
    numbers = iter(range(10**6))

    def one(form: str, unit_key: str, period: str, at: datetime, is_accepted: bool = True) -> Sent:
        number = next(numbers)
        return Sent(
            f"{number:016x}",
            f"file{chance.randrange(10**9):09}_{number}",
            form,
            unit_key,
            period,
            at,
            is_accepted,
        )

    for form, level, period in list(walk.duties()):
        if period.code not in PERIODS:
            continue
        due = walk.due_date(form, level, period)
        for unit_key in walk.units:
            if not _takes_part(walk, unit_key, level, period) or chance.random() < 0.15:
                continue
            for _ in range(chance.choice([1, 1, 1, 2, 3])):
                day = due + timedelta(days=chance.choice([-9, -3, -1, 0, 0, 0, 1, 1, 2, 30]))
                # Midnight in Viet Nam is 17:00 UTC.
                clock = chance.choice([time(3), time(16, 59, 59), time(17), time(23, 30)])
                yield one(form, unit_key, period.code, datetime.combine(day, clock), chance.random() < 0.8)
    assert known["2016-10"]
    at = datetime(2026, 11, 1, 2)
    yield one("BC", "20@2025-07-01", "2025", at)
    # A mistyped year, a figure of the past and a province that sent nothing but returned files begin nothing.
    yield one("BC", "20-DTN@0", "2016-10", at)
    yield one("BC", "68@0", "2023", at)
    yield one("BC", "79@2025-07-01", "2026-09", at, is_accepted=False)
    # Two files of one moment: the one with the smaller hash is the first.
    yield replace(one("BC", "08@2025-07-01", "2026-05", at), file="b")
    yield replace(one("BC", "08@2025-07-01", "2026-05", at), file="a")


def _takes_part(walk: Walk, unit_key: str, level: str, period: periods.Period) -> bool:
    unit = walk.units[unit_key]
    alive = (unit["valid_from"] or "0") <= period.end_date.isoformat() <= (unit["valid_to"] or "9")
    while unit["level"] not in {"province", "country"}:
        unit = walk.units[unit["parent_unit_key"]]
    return alive and walk.units[unit_key]["level"] == level and unit["unit_key"] in PARTAKING


def _record(settings: Settings, sent: Iterable[Sent]) -> None:
    record(
        settings,
        [
            SentReport(
                *(int(s.submission_id, 16), s.form, s.unit_key, s.period),
                file=s.file,
                received_at=s.received_at,
                is_accepted=s.is_accepted,
            )
            for s in sent
        ],
    )


def _walked(owed: Iterable[Owed]) -> list[tuple]:
    """Return the walk's obligations as rows in the order of COLUMNS."""
    return sorted(map(astuple, owed), key=str)


def test_each_row_equals_the_row_of_a_plain_walk(made: Obligations) -> None:
    """Some 15,000 obligations of four provinces, with inherited ones and every state among them."""
    expected = _walked(Walk(made.settings.seeds_dir, made.sent, AS_OF).obligations())
    found = sorted(made.rows(f"select {COLUMNS} from marts.rpt_obligations"), key=str)
    assert found == expected
    assert len(found) > 10_000
    states = Counter((row[5], row[8] is not None) for row in found)
    assert min(states[state, False] for state in ("on_time", "late", "missing", "not_yet_due")) > 50, states
    assert min(states[state, True] for state in ("late", "missing")) > 50, states
    assert states["on_time", True] == 0, "a report that came on time leaves nothing to inherit"


def test_the_random_warehouse_equals_a_plain_walk(world: World) -> None:
    with duckdb.connect(str(world.settings.raw_path), read_only=True) as connection:
        sent = [
            Sent(*row)
            for row in connection.execute(
                "select submission_id, file_sha256, form, unit_key, period_code, received_at, status like 'accepted%'"
                " from raw.submissions join raw.files using (file_sha256)"
            ).fetchall()
        ]
    as_of = world.settings.as_of_date()
    expected = _walked(Walk(world.settings.seeds_dir, sent, as_of).obligations())
    assert sorted(world.rows(f"select {COLUMNS} from marts.rpt_obligations"), key=str) == expected
    assert len(expected) > 5_000


@pytest.mark.parametrize(
    "grouping", ["unit_key", "form", "period_code", "level", "province_code", "form, period_code, level"]
)
def test_no_rate_leaves_0_to_1_and_nothing_counts_twice(made: Obligations, grouping: str) -> None:
    """Received reports of an obligation are at most one, so that any sum of them is a part of what is owed."""
    rates = made.rows(
        f"select count(submission_id) / count(*), count(*) filter (status = 'on_time') / count(*)"
        f" from marts.rpt_obligations group by {grouping}"
    )
    assert rates and all(0 <= on_time <= received <= 1 for received, on_time in rates)
    owed, distinct, received, reports = made.rows(
        "select count(*), count(distinct (coalesce(inherited_from_unit_key, unit_key), form, period_code)),"
        " count(submission_id), count(distinct submission_id) from marts.rpt_obligations"
    )[0]
    assert (owed, received) == (distinct, reports)


def test_rates_are_the_obligations_counted(made: Obligations) -> None:
    ratios = made.rows(
        "select on_time_ratio, received_ratio, due_count, owed_count, on_time_count, late_count, missing_count,"
        " not_yet_due_count from marts.rpt_reporting_rates"
    )
    assert sum(row[3] for row in ratios) == made.rows("select count(*) from marts.rpt_obligations")[0][0]
    for on_time, received, due, owed, *states in ratios:
        assert sum(states) == owed >= due
        assert (on_time is None) == (due == 0)
        assert on_time is None or 0 <= on_time <= received <= 1
    # Due on the day of the build: nothing can be said of it yet.
    assert made.rows(
        "select distinct due_count, on_time_ratio from marts.rpt_reporting_rates"
        " where form = 'BC' and level = 'commune' and period_code = '2026-10'"
    ) == [(0, None)]


def test_the_recorded_indicator_is_a_count_over_the_walk(made: Obligations) -> None:
    """Reports on time out of those that fell due, by the unit that owed them: an heir's share stays with the ended unit."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for owed in Walk(made.settings.seeds_dir, made.sent, AS_OF).obligations():
        if owed.due_date < AS_OF:
            count = counts[owed.inherited_from or owed.unit_key, owed.period]
            count[0] += owed.status == "on_time"
            count[1] += 1
    found = made.rows(
        "select unit_key, period_code, numerator, denominator, is_simulated from intermediate.int_recorded_values"
        " where indicator_code = 'BC_DUNGHAN_GN'"
    )
    assert {(unit, period): [n, d] for unit, period, n, d, _ in found} == counts
    rates = Counter(n / d for n, d in counts.values())
    assert min(rates[0.0], rates[0.5], rates[1.0]) > 50, "some units had none, one of two and all on time"
    marks = {unit: is_simulated for unit, _, _, _, is_simulated in found}
    # What is missing is simulated where the others of the province are; of a province that sent nothing it is real.
    assert (marks["08@2025-07-01"], marks["20@2025-07-01"]) == (True, True)
    assert False in marks.values()


def test_bc_is_owed_where_workbooks_are_issued(made: Obligations) -> None:
    """The intake reads the lists of duties too: both agree for every level and period that the warehouse knows."""
    reference = load_reference(made.settings.seeds_dir)
    versions = (reference.units.get(key) for key in Walk(made.settings.seeds_dir, [], AS_OF).units)
    one_of_each = {reference.reporting_level(unit): unit for unit in versions}
    expected = {
        (level, code)
        for level, unit in one_of_each.items()
        for code in reference.period_codes
        if (period := periods.from_code(code)) and reference.owed_indicators(unit, period)
    }
    owed = set(
        made.rows("select level, period_code from intermediate.int_obligation_duties where form = 'BC'")
    )
    # Duties of divisions are listed; a register without divisions has no unit to ask the intake about.
    assert {level for level, _ in owed} - one_of_each.keys() <= {"division"}
    assert {(level, code) for level, code in owed if level in one_of_each} == expected


def test_june_2025_passes_to_the_successors(made: Obligations) -> None:
    """19/2025/QĐ-TTg: all communes ended on 30 June, before 7 July, the fifth working day after it. Hòa Bình of 06622 was
    split; of its two successors neither bears its code, so the first key stands for it. Districts have no successor: the
    province answers. The youth unions of two provinces became one, which has two obligations."""
    heirs = dict(
        made.rows(
            "select unit_key, heir_unit_key from intermediate.int_obligation_heirs"
            " where date '2025-07-07' between heir_alive_from and heir_alive_to"
        )
    )
    assert heirs["06622@0"] == "06613@2025-07-01"
    assert heirs["06625@0"] == "06625@2025-07-01"
    assert heirs["02-DTN@0"] == heirs["08-DTN@0"] == "08-DTN@2025-07-01"
    owed = made.rows(
        "select coalesce(inherited_from_unit_key, unit_key), unit_key, status = 'on_time' from marts.rpt_obligations"
        " where form = 'BC' and period_code = '2025-06' and due_date = date '2025-07-07'"
    )
    # A report in time, in the name of the unit that ended, leaves nothing to inherit.
    assert owed
    assert all(answering == (unit if is_on_time else heirs[unit]) for unit, answering, is_on_time in owed)
    assert min(Counter(is_on_time for *_, is_on_time in owed).values()) > 50
    assert made.rows(
        "select distinct inherited_from_unit_key is null from marts.rpt_obligations where period_code = '2025-05'"
    ) == [(True,)]
    districts = made.rows(
        "select distinct inherited_from_unit_key, unit_key, due_date from marts.rpt_obligations where form = 'BC'"
        " and level = 'district' and period_code = '2025-06' and inherited_from_unit_key is not null"
    )
    assert districts
    assert all(answering == heirs[unit] and due == date(2025, 7, 9) for unit, answering, due in districts)
    assert {answering for _, answering, _ in districts} <= {"08@2025-07-01", "20@2025-07-01", "22@2025-07-01"}


def test_a_rename_passes_nothing_on(made: Obligations) -> None:
    """Quảng Ninh became a city on 1 September 2026, in which its report of August was due. It takes part from 15 August."""
    assert made.rows(
        "select unit_key, period_code, inherited_from_unit_key from marts.rpt_obligations where form = 'BC'"
        " and level = 'province' and current_province_code = '22' and period_type = 'month' order by period_end_date"
    ) == [
        ("22@2025-07-01", "2026-08", None),
        ("22@2026-09-01", "2026-09", None),
        ("22@2026-09-01", "2026-10", None),
        ("22@2026-09-01", "2026-11", None),
    ]


def test_who_takes_no_part_owes_nothing_and_the_silent_among_the_others_do(made: Obligations) -> None:
    """A published figure, returned files and a mistyped year do not make a province take part."""
    assert made.rows(
        "select distinct current_province_code from marts.rpt_obligations where form = 'BC' order by 1"
    ) == [
        ("08",),
        ("20",),
        ("22",),
    ]
    assert made.rows("select min(period_end_date) from marts.rpt_obligations where form = 'BC'") == [
        (date(2024, 12, 31),)
    ]
    (communes,) = made.rows(
        "select count(*) from marts.rpt_obligations where form = 'BC' and level = 'commune' and period_code = '2026-03'"
        " and province_code = '20' and status = 'missing'"
    )
    assert communes == (65,)
    begins = dict(
        made.rows(
            "select concat(province_code, ' ', form), min(period_code) from marts.rpt_obligations"
            " where form in ('TX', 'HD') and due_date > date '2026-06-01' group by 1"
        )
    )
    assert (begins["08 TX"], begins["20 TX"]) == ("2026-05", "2026-10")
    assert (begins["08 HD"], begins["20 HD"], begins["79 HD"]) == ("2026-08", "2026-10", "2026-10")


def test_of_two_files_of_one_moment_the_smaller_hash_is_first(made: Obligations) -> None:
    first, second = sorted(s.submission_id for s in made.sent if s.period == "2026-05" and s.form == "BC")
    assert made.rows(
        "select submission_id from marts.rpt_obligations where period_code = '2026-05' and unit_key = '08@2025-07-01'"
        " and form = 'BC'"
    ) == [(second,)]
    assert first < second


@pytest.mark.long
def test_a_duty_without_a_due_date_stops_the_build(made: Obligations, tmp_path: Path) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(made.settings.project, project, ignore=shutil.ignore_patterns("target", "logs"))
    settings = replace(made.settings, data_dir=tmp_path / "data", project=project)
    shutil.copytree(made.settings.data_dir, settings.data_dir)
    _add(settings, "form_duties", "KN,month,commune,,,test")
    assert "never_null_int_obligation_duties_due_date" in _dbt(settings, "+int_obligation_duties")
