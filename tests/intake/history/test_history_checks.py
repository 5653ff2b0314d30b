"""Checks against the past: cumulative periods, the period before, other forms. They ask and never refuse."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import AS_OF, BC_HEADER, context, write_csv
from tests.intake.history.ledger_kit import collect, drop, record_here, table_hashes
from warehouse.forms.contract import load_form, load_forms
from warehouse.intake.history.checks import QUESTIONS, history_rules
from warehouse.intake.messages.findings import load_rules
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.upload.dry_run import DryRun, dry_run, receive
from warehouse.raw.store import open_store
from warehouse.settings import Settings

DAYS = [datetime(2026, 11, day, 2) for day in range(1, 15)]
Finding = dict[str, Any]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with an empty data folder."""
    return Settings(tmp_path / "data", fixed_as_of_date=AS_OF)


def bc(tmp_path: Path, *rows: list[Any]) -> bytes:
    """Return rows of form BC as a CSV."""
    return write_csv(tmp_path / "bc.csv", [BC_HEADER, *rows]).read_bytes()


def form_csv(tmp_path: Path, form: str, *rows: dict[str, Any]) -> bytes:
    """Return rows of another form as a CSV with all its columns."""
    names = [column.name for column in load_form(form).stored_columns]
    lines = [[row.get(name, "") for name in names] for row in rows]
    return write_csv(tmp_path / f"{form}.csv", [names, *lines]).read_bytes()


def send(settings: Settings, content: bytes, day: int, name: str | None = None) -> str:
    """Parse and record one file in this process, and return its hash."""
    return record_here(settings, name or f"{day}.csv", content, DAYS[day], context())


def collect_one(settings: Settings, content: bytes, day: int, name: str | None = None) -> str:
    """Collect one file through inbox, archive and child process, and return its hash."""
    received_at = DAYS[day].replace(tzinfo=UTC).isoformat()
    sha = drop(settings, name or f"{day}.csv", content, {"received_at": received_at})
    collect(settings)
    return sha


def asked(settings: Settings, sha: str) -> list[Finding]:
    """Return the findings of one file that the ledger has from checks against the past."""
    rules = ", ".join(f"'{rule}'" for rule in sorted(history_rules()))
    with open_store(settings, read_only=True) as connection:
        return (
            connection.execute(
                f"from raw.findings where file_sha256 = '{sha}' and rule_code in ({rules}) order by finding_number"
            )
            .to_arrow_table()
            .to_pylist()
        )


def told(findings: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    """Return rule, cell and found value of each finding."""
    return [(item["rule_code"], item["cell"], item["found_value"]) for item in findings]


def count(period: str, value: int, unit: str = "20") -> list[Any]:
    """Return a row with a unit's dialogues from January to the period's end."""
    return [unit, period, "DT_SO", None, None, value, None]


def rate(period: str, numerator: int, denominator: int, code: str = "KNTC_GQ", unit: str = "20") -> list[Any]:
    """Return a row with a rate of a unit."""
    return [unit, period, code, numerator, denominator, None, None]


def test_a_cumulative_figure_that_falls_is_asked_about(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5), rate("2026-6M", 30, 40)), 0)
    sha = send(settings, bc(tmp_path, count("2026-9M", 3), rate("2026-9M", 29, 45)), 1)
    findings = asked(settings, sha)
    assert told(findings) == [("cumulative_falls", "F2", "3"), ("cumulative_falls", "D3", "29")]
    first = findings[0]
    assert (first["severity"], first["row_key"], first["column_name"]) == ("warning", "DT_SO", "value")
    assert "6 tháng đầu năm 2026 (5)" in first["message_vi"] and "9 tháng năm 2026 (3)" in first["message_vi"]
    assert "first six months of 2026 (5)" in first["message_en"]


def test_questions_about_the_past_change_counts_and_states(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5)), 0)
    sha = collect_one(settings, bc(tmp_path, count("2026-9M", 3)), 1)
    with open_store(settings, read_only=True) as connection:
        (identity, *submission), *others = connection.execute(
            f"select submission_id, status, error_count, warning_count from raw.submissions where file_sha256 = '{sha}'"
        ).fetchall()
        outcome = connection.execute(f"select outcome from raw.files where file_sha256 = '{sha}'").fetchall()
        kept = connection.execute(
            "select value from raw.bc_rows where submission_id = ?", [identity]
        ).fetchall()
    assert (submission, others) == (["accepted_with_warnings", 0, 1], [])
    assert outcome == [("accepted_with_warnings",)]
    assert kept == [(3.0,)], "a question refuses nothing"
    (folder,) = [path for path in settings.returned_dir.iterdir() if path.name.endswith(sha[:8])]
    assert "ĐƯỢC NHẬN, CÓ LƯU Ý" in (folder / "receipt.txt").read_text(encoding="utf-8")


def test_periods_of_one_file_are_compared_too(settings: Settings, tmp_path: Path) -> None:
    rows = [count("2026-Q1", 4), count("2026-6M", 6), count("2026-9M", 5)]
    sha = send(settings, bc(tmp_path, *rows), 0)
    # With the nearest shorter period, and once.
    assert told(asked(settings, sha)) == [("cumulative_falls", "F4", "5")]


def test_a_late_correction_above_the_longer_period_is_asked_about(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5)), 0)
    sha = send(settings, bc(tmp_path, count("2026-Q1", 7)), 1)
    assert told(asked(settings, sha)) == [("cumulative_above_later", "F2", "7")]


def test_what_rises_stays_or_is_of_another_year_is_not_asked_about(
    settings: Settings, tmp_path: Path
) -> None:
    send(settings, bc(tmp_path, count("2025", 9), count("2026-Q1", 2)), 0)
    sha = send(settings, bc(tmp_path, count("2026-6M", 2), count("2026-9M", 3)), 1)
    assert asked(settings, sha) == []


def test_a_stock_may_fall(settings: Settings, tmp_path: Path) -> None:
    rows = [
        ["06073", "2026-6M", "TODV_THON", 9, 10, None, None],
        ["06073", "2026-6M", "DVK_DK", None, None, 4, None],
    ]
    send(settings, bc(tmp_path, *rows), 0)
    later = [[row[0], "2026", *row[2:]] for row in rows]
    later[0][3], later[0][4], later[1][5] = 8, 9, 2
    settings_2027 = Settings(settings.data_dir, fixed_as_of_date=AS_OF)
    assert asked(settings_2027, send(settings_2027, bc(tmp_path, *later), 1)) == []


def test_the_revision_in_force_at_the_time_counts(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5)), 0)
    send(settings, bc(tmp_path, count("2026-6M", 2)), 1)
    assert asked(settings, send(settings, bc(tmp_path, count("2026-9M", 3)), 2)) == []


def test_a_returned_report_is_no_past(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5), rate("2026-6M", 50, 40)), 0)
    assert asked(settings, send(settings, bc(tmp_path, count("2026-9M", 3)), 1)) == []


def month(period: str, *figures: tuple[str, int, int]) -> list[list[Any]]:
    """Return the rows with a commune's rates for a month."""
    return [
        ["06073", period, code, numerator, denominator, None, None]
        for code, numerator, denominator in figures
    ]


def test_a_copied_month_is_asked_about_once(settings: Settings, tmp_path: Path) -> None:
    figures = [("TTHC_DUNGHAN", 70, 75), ("TDUA_THANG", 20, 24), ("NTT_XL", 0, 0)]
    send(settings, bc(tmp_path, *month("2026-08", *figures)), 0)
    sha = send(settings, bc(tmp_path, *month("2026-09", *figures)), 1)
    findings = asked(settings, sha)
    assert told(findings) == [("same_as_previous", "D2", None)]
    assert "3 chỉ tiêu của Tháng 9/2026 giống hệt Tháng 8/2026" in findings[0]["message_vi"]


@pytest.mark.parametrize(
    "second",
    [
        [("TTHC_DUNGHAN", 70, 75), ("TDUA_THANG", 20, 25)],
        [("TTHC_DUNGHAN", 70, 75), ("TDUA_THANG", 20, 24), ("NTT_XL", 1, 2)],
    ],
    ids=["one differs", "one more"],
)
def test_a_month_that_differs_is_no_copy(
    settings: Settings, tmp_path: Path, second: list[tuple[str, int, int]]
) -> None:
    send(settings, bc(tmp_path, *month("2026-08", ("TTHC_DUNGHAN", 70, 75), ("TDUA_THANG", 20, 24))), 0)
    assert asked(settings, send(settings, bc(tmp_path, *month("2026-09", *second)), 1)) == []


def test_small_figures_may_be_equal_by_chance(settings: Settings, tmp_path: Path) -> None:
    figures = [("TTHC_DUNGHAN", 7, 8), ("TDUA_THANG", 6, 6)]
    send(settings, bc(tmp_path, *month("2026-08", *figures)), 0)
    assert asked(settings, send(settings, bc(tmp_path, *month("2026-09", *figures)), 1)) == []


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (75, 750, [("far_from_previous", "E2", "750")]),
        (750, 75, [("far_from_previous", "E2", "75")]),
        (75, 374, []),
        (75, 375, [("far_from_previous", "E2", "375")]),
        (4, 49, []),
        (0, 50, [("far_from_previous", "E2", "50")]),
    ],
)
def test_a_figure_of_another_size_is_asked_about(
    settings: Settings, tmp_path: Path, earlier: int, later: int, expected: list[Any]
) -> None:
    send(settings, bc(tmp_path, *month("2026-08", ("TTHC_DUNGHAN", earlier, earlier))), 0)
    sha = send(settings, bc(tmp_path, *month("2026-09", ("TTHC_DUNGHAN", later, later))), 1)
    assert told(asked(settings, sha)) == expected


def registration(code: str, unit: str = "20", day: str = "15/03/2026") -> dict[str, Any]:
    """Return the registration of a unit's model."""
    return {
        "unit_code": unit,
        "model_code": code,
        "model_name": f"Mô hình {code}",
        "kind": "collective",
        "field_code": "KT",
        "phase": "2026-2030",
        "level": "province",
        "registered_date": day,
    }


def event(code: str, what: str = "recognised", unit: str = "20", day: str = "01/10/2026") -> dict[str, Any]:
    """Return an event of a model."""
    return {
        "unit_code": unit,
        "model_code": code,
        "event": what,
        "event_date": day,
        "decision_no": "12/QĐ-UBND",
    }


def test_an_event_of_a_model_that_nobody_registered_is_asked_about(
    settings: Settings, tmp_path: Path
) -> None:
    send(settings, form_csv(tmp_path, "DK", registration("M-1")), 0)
    sha = send(settings, form_csv(tmp_path, "TD", event("M-1"), event("M-2")), 1)
    findings = asked(settings, sha)
    assert told(findings) == [("model_not_registered", "B3", "M-2")]
    assert findings[0]["row_key"] == "M-2"


def test_a_survey_may_come_before_the_registration(settings: Settings, tmp_path: Path) -> None:
    content = form_csv(
        tmp_path, "TD", event("M-9", "step_1", day="20/10/2026"), event("M-8", "step_1", day="20/01/2026")
    )
    assert told(asked(settings, send(settings, content, 0))) == [("model_not_registered", "B3", "M-8")]


def test_an_event_of_another_units_model_is_asked_about(settings: Settings, tmp_path: Path) -> None:
    send(settings, form_csv(tmp_path, "DK", registration("M-1", "08"), registration("M-2", "06073")), 0)
    content = form_csv(
        tmp_path, "TD", event("M-1", unit="20"), event("M-2", unit="20"), event("M-2", unit="06001")
    )
    findings = asked(settings, send(settings, content, 1))
    # The province may tell of its commune's model; a neighbour may not.
    assert told(findings) == [("model_of_other_unit", "B2", "M-1"), ("model_of_other_unit", "B4", "M-2")]
    assert "Tỉnh Tuyên Quang" in findings[0]["message_vi"]


def test_a_model_is_carried_on_by_the_successor(settings: Settings, tmp_path: Path) -> None:
    # Yên Bái (15) went into Lào Cai, which bears its code since.
    send(settings, form_csv(tmp_path, "DK", registration("M-1", "10", "15/03/2025")), 0)
    content = form_csv(tmp_path, "TD", event("M-1", unit="15"))
    with open_store(settings, read_only=True) as connection:
        before = connection.execute("select unit_key from raw.dk_rows").fetchall()
    assert before == [("10@0",)]
    assert asked(settings, send(settings, content, 1)) == []


def test_an_event_before_its_registration_is_asked_about(settings: Settings, tmp_path: Path) -> None:
    send(settings, form_csv(tmp_path, "DK", registration("M-1", day="15/09/2026")), 0)
    content = form_csv(
        tmp_path,
        "TD",
        event("M-1", day="01/09/2026"),
        event("M-1", "step_1", day="01/09/2026"),
        event("M-1", "awarded"),
    )
    assert told(asked(settings, send(settings, content, 1))) == [
        ("event_before_registration", "C2", "01/09/2026")
    ]


def test_forms_of_one_workbook_know_each_other(settings: Settings, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for form, row in (("TD", event("M-1")), ("DK", registration("M-1"))):
        sheet = workbook.create_sheet(form)
        columns = load_form(form).stored_columns
        sheet.append([column.heading_vi for column in columns])
        sheet.append([row.get(column.name) for column in columns])
    workbook.save(tmp_path / "all.xlsx")
    sha = send(settings, (tmp_path / "all.xlsx").read_bytes(), 0, "all.xlsx")
    assert asked(settings, sha) == []


def test_records_that_contradict_earlier_records_are_asked_about(settings: Settings, tmp_path: Path) -> None:
    item = {
        "unit_code": "20",
        "item_code": "K-1",
        "source_type": "dialogue",
        "source_date": "01/09/2026",
        "category": "land",
        "statement": "Chậm giải quyết kiến nghị",
        "status": "closed",
        "closed_date": "01/10/2026",
    }
    held = {
        "unit_code": "20",
        "activity_code": "H-1",
        "activity_type": "dialogue",
        "planned_date": "01/10/2026",
    }
    document = {
        "unit_code": "20",
        "document_no": "15-CT/TU",
        "document_date": "01/09/2026",
        "title": "Chỉ thị",
        "organisations_total": 20,
        "organisations_done": 12,
    }
    for number, (form, row) in enumerate(
        (("KN", item), ("HD", held | {"activity_date": "02/10/2026"}), ("VB", document))
    ):
        send(settings, form_csv(tmp_path, form, row), number)
    found = []
    for number, (form, row) in enumerate(
        (
            ("KN", item | {"status": "open", "closed_date": ""}),
            ("HD", held),
            ("VB", document | {"organisations_done": 9}),
        ),
        3,
    ):
        found += [
            item["rule_code"]
            for item in asked(settings, send(settings, form_csv(tmp_path, form, row), number))
        ]
    assert found == ["status_goes_back", "held_date_withdrawn", "reach_falls"]


def test_dialogues_listed_one_by_one_are_not_fewer_than_the_count(settings: Settings, tmp_path: Path) -> None:
    held = [
        {
            "unit_code": "20",
            "activity_code": f"H-{day}",
            "activity_type": kind,
            "activity_date": f"{day:02d}/02/2026",
            "level": "province",
            "host_role": "secretary",
        }
        for day, kind in ((1, "dialogue"), (2, "dialogue"), (3, "training"))
    ]
    send(settings, form_csv(tmp_path, "HD", *held), 0)
    assert told(asked(settings, send(settings, bc(tmp_path, count("2026-Q1", 1)), 1))) == [
        ("count_below_records", "F2", "1")
    ]
    assert asked(settings, send(settings, bc(tmp_path, count("2026-Q1", 2)), 2)) == []


def history(settings: Settings, tmp_path: Path) -> None:
    """Return files of every kind in the order of their arrival."""
    collect_one(
        settings,
        bc(tmp_path, count("2026-6M", 5), rate("2026-6M", 30, 40), rate("2026-08", 70, 75, "BC_DUNGHAN")),
        0,
    )
    collect_one(settings, form_csv(tmp_path, "DK", registration("M-1", "08")), 1)
    collect_one(settings, bc(tmp_path, count("2026-9M", 9), rate("2026-9M", 60, 50)), 2)


LAST = [count("2026-9M", 3), rate("2026-9M", 29, 45), rate("2026-09", 7, 700, "BC_DUNGHAN")]


def comparable(findings: list[Finding]) -> list[Finding]:
    """Return the findings in order, with the fields that a sender sees."""
    return sorted(({k: v for k, v in item.items() if k != "finding_number"} for item in findings), key=str)


def tried(settings: Settings, content: bytes) -> DryRun:
    """Return the upload page's dry run of a file."""
    (check,) = dry_run([receive("last.csv", content)], settings)
    return check


@pytest.mark.parametrize("form", ["BC", "TD"])
def test_a_dry_run_has_the_findings_of_the_collection(settings: Settings, tmp_path: Path, form: str) -> None:
    history(settings, tmp_path)
    content = bc(tmp_path, *LAST) if form == "BC" else form_csv(tmp_path, "TD", event("M-1"), event("M-2"))
    check = tried(settings, content)
    sha = collect_one(settings, content, 3, "last.csv")
    with open_store(settings, read_only=True) as connection:
        findings = (
            connection.execute(f"from raw.findings where file_sha256 = '{sha}'").to_arrow_table().to_pylist()
        )
        submissions = (
            connection.execute(f"from raw.submissions where file_sha256 = '{sha}'")
            .to_arrow_table()
            .to_pylist()
        )
        (outcome,) = (
            connection.execute(f"select outcome from raw.files where file_sha256 = '{sha}'").fetchone() or ()
        )
    assert comparable(check.parsed.findings) == comparable(findings)
    assert [item["finding_number"] for item in check.parsed.findings] == [
        item["finding_number"] for item in sorted(findings, key=lambda item: item["finding_number"])
    ]
    assert sorted(check.parsed.submissions, key=str) == sorted(submissions, key=str)
    assert check.parsed.outcome == outcome == "accepted_with_warnings"
    assert asked(settings, sha) != []


def test_a_dry_run_tells_of_the_answer_to_earlier_findings(settings: Settings, tmp_path: Path) -> None:
    history(settings, tmp_path)
    check = tried(settings, bc(tmp_path, *LAST))
    assert check.parsed.resubmission is not None
    assert (check.parsed.resubmission.errors.earlier, check.parsed.resubmission.errors.mended) == (1, 1)
    assert "1 trên 1 lỗi đã được sửa, không có lỗi mới." in check.parsed.resubmission.words_vi()


def test_a_rebuild_gives_the_same_findings(settings: Settings, tmp_path: Path) -> None:
    history(settings, tmp_path)
    collect_one(settings, bc(tmp_path, *LAST), 3)
    collect_one(settings, form_csv(tmp_path, "TD", event("M-1"), event("M-2")), 4)
    before = table_hashes(settings)
    rebuild_raw(settings)
    assert table_hashes(settings) == before


def test_a_file_dated_back_changes_the_questions_of_later_files(settings: Settings, tmp_path: Path) -> None:
    sha = collect_one(settings, bc(tmp_path, count("2026-9M", 3)), 5)
    other = collect_one(settings, bc(tmp_path, count("2026-Q1", 4)), 6)
    assert told(asked(settings, other)) == [("cumulative_above_later", "F2", "4")]
    assert asked(settings, sha) == []
    # The files dated first arrive now: six months with 5, and nine months with 8, which then were revised to 3.
    collect_one(settings, bc(tmp_path, count("2026-6M", 5)), 0)
    assert told(asked(settings, sha)) == [("cumulative_falls", "F2", "3")]
    assert asked(settings, other) == [], "it stays below the six months, which are the nearest"
    with open_store(settings, read_only=True) as connection:
        states = dict(connection.execute("select file_sha256, outcome from raw.files").fetchall())
    assert (states[sha], states[other]) == ("accepted_with_warnings", "accepted")
    before = table_hashes(settings)
    rebuild_raw(settings)
    assert table_hashes(settings) == before


def test_every_check_is_declared_with_what_it_needs_and_has_its_words() -> None:
    declared = [check for form in load_forms().values() for check in form.history_checks]
    assert {check.name for check in declared} == set(QUESTIONS)
    for check in declared:
        assert set(check.params) == set(QUESTIONS[check.name].params), check.name
    assert {load_rules()[rule].severity for rule in history_rules()} == {"warning"}


def test_a_dry_run_compares_a_file_with_a_long_past(settings: Settings, tmp_path: Path) -> None:
    """With many rows on both sides DuckDB plans other joins than with a few."""
    with open_store(settings) as connection:
        connection.execute(
            "insert into raw.files by name select md5(cast(i as varchar)) as file_sha256, 'x.csv' as file_name,"
            " timestamp '2026-01-01' + to_minutes(i) as received_at from range(5000) as files (i)"
        )
        connection.execute(
            "insert into raw.submissions by name select i as submission_id,"
            " md5(cast(i as varchar)) as file_sha256, 'BC' as form, '20@2025-07-01' as unit_key,"
            " case i % 2 when 0 then '2026-6M' else '2026-08' end as period_code, 'accepted' as status,"
            " 40 as row_count, 0 as error_count, 0 as warning_count from range(5000) as files (i)"
        )
        connection.execute(
            "insert into raw.bc_rows by name select i as submission_id,"
            " n as row_number,"
            " case n when 0 then 'DT_SO' else 'X' || n end as indicator_code, 5.0 as value"
            " from range(5000) as files (i), range(40) as rows (n)"
        )
        connection.execute(
            "insert into raw.dk_rows by name select submission_id, file_sha256, unit_key, 'M-' || file_sha256 as model_code,"
            " date '2026-01-01' as registered_date from raw.submissions"
        )
    assert told(tried(settings, bc(tmp_path, count("2026-9M", 3))).parsed.findings)[-1] == (
        "cumulative_falls",
        "F2",
        "3",
    )
    rules = [
        item["rule_code"] for item in tried(settings, form_csv(tmp_path, "TD", event("M-2"))).parsed.findings
    ]
    assert "model_not_registered" in rules
