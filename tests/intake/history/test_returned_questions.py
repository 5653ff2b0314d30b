"""A report that is sent back whole is compared too: its readable figures with the figures accepted before."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from tests.intake.file_kit import AS_OF, BC_HEADER, context, write_csv
from tests.intake.history.ledger_kit import collect, drop, record_here, table_hashes
from tests.intake.history.test_history_checks import DAYS, asked, bc, count, form_csv, rate, send, told
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.upload.dry_run import dry_run, receive
from warehouse.raw.store import open_store
from warehouse.settings import Settings

CODES = ("TTHC_DUNGHAN", "TDUA_THANG")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with an empty data folder."""
    return Settings(tmp_path / "data", fixed_as_of_date=AS_OF)


def test_a_returned_report_is_asked_about_where_it_was_understood(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5), rate("2026-6M", 30, 40)), 0)
    # The rate has more done than there was to do, which is lower than before too: asked back, and that is enough.
    content = bc(tmp_path, count("2026-9M", 3), rate("2026-9M", 29, 28))
    said = [
        (item["rule_code"], item["cell"])
        for item in dry_run([receive("9m.csv", content)], settings)[0].parsed.findings
    ]
    received_at = DAYS[1].replace(tzinfo=UTC).isoformat()
    sha = drop(settings, "9m.csv", content, {"received_at": received_at})
    collect(settings)
    assert told(asked(settings, sha)) == [("cumulative_falls", "F2", "3")]
    assert said == [("numerator_above_denominator", "D3"), ("cumulative_falls", "F2")]
    with open_store(settings, read_only=True) as connection:
        submission = connection.execute(
            f"select status, error_count, warning_count from raw.submissions where file_sha256 = '{sha}'"
        ).fetchall()
        outcome = connection.execute(f"select outcome from raw.files where file_sha256 = '{sha}'").fetchall()
        kept = connection.execute(
            f"from raw.bc_rows inner join raw.submissions using (submission_id) where file_sha256 = '{sha}'"
        ).fetchall()
    assert (submission, outcome, kept) == ([("returned", 1, 1)], [("returned",)], [])
    (folder,) = [path for path in settings.returned_dir.iterdir() if path.name.endswith(sha[:8])]
    receipt = (folder / "receipt.txt").read_text(encoding="utf-8")
    assert "thấp hơn" in receipt or "6 tháng đầu năm 2026 (5)" in receipt


def test_a_mended_report_keeps_its_question_and_gets_no_second_one(
    settings: Settings, tmp_path: Path
) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5)), 0)
    send(settings, bc(tmp_path, count("2026-9M", 3), rate("2026-9M", 29, 28)), 1)
    mended = receive("9m.csv", bc(tmp_path, count("2026-9M", 3), rate("2026-9M", 27, 28)))
    answer = dry_run([mended], settings)[0].parsed.resubmission
    assert answer is not None
    assert (answer.errors.earlier, answer.errors.mended, answer.errors.new) == (1, 1, 0)
    assert (answer.warnings.earlier, answer.warnings.mended, answer.warnings.new) == (1, 0, 0)


def test_nothing_is_compared_with_a_returned_report(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 9), rate("2026-6M", 29, 28)), 0)
    sha = send(settings, bc(tmp_path, count("2026-9M", 3)), 1)
    assert asked(settings, sha) == []


def test_part_of_a_report_is_not_called_a_copied_period(settings: Settings, tmp_path: Path) -> None:
    before = [rate("2026-09", 140, 150, code) for code in CODES]
    send(settings, bc(tmp_path, *before), 0)
    copied = [rate("2026-10", 140, 150, code) for code in CODES]
    (alone,) = dry_run([receive("9m.csv", bc(tmp_path, *copied))], settings)
    assert "same_as_previous" in [item["rule_code"] for item in alone.parsed.findings]
    sha = send(settings, bc(tmp_path, *copied, rate("2026-10", 5, 4, "NTT_XL")), 1)
    assert "same_as_previous" not in [rule for rule, _, _ in told(asked(settings, sha))]


def test_a_sheet_with_a_column_twice_is_not_asked_about(settings: Settings, tmp_path: Path) -> None:
    send(settings, bc(tmp_path, count("2026-6M", 5)), 0)
    rows = [[*BC_HEADER, "value"], [*count("2026-9M", 3), 7]]
    content = write_csv(tmp_path / "twice.csv", rows).read_bytes()
    sha = record_here(settings, "twice.csv", content, DAYS[1], context())
    assert asked(settings, sha) == []


def test_ratings_that_are_sent_back_are_asked_about(settings: Settings, tmp_path: Path) -> None:
    good = {"not_completed_count": 0, "outstanding_count": 0, "good_count": 0}
    before = {
        "unit_code": "20",
        "period": "2026-09",
        "division": "A",
        "rated_count": 300,
        "completed_count": 300,
    }
    send(settings, form_csv(tmp_path, "TX", before | good), 0)
    few = {"unit_code": "20", "period": "2026-10", "division": "A", "rated_count": 3, "completed_count": 3}
    wrong = {**few, "division": "B", "rated_count": 3, "completed_count": 5}
    sha = send(settings, form_csv(tmp_path, "TX", few | good, wrong | good), 1)
    assert [rule for rule, _, _ in told(asked(settings, sha))] == ["far_from_previous"]


def test_a_rebuild_asks_the_same_questions(settings: Settings, tmp_path: Path) -> None:
    later, earlier = DAYS[5].replace(tzinfo=UTC).isoformat(), DAYS[1].replace(tzinfo=UTC).isoformat()
    content = bc(tmp_path, count("2026-9M", 3), rate("2026-9M", 29, 28))
    sha = drop(settings, "9m.csv", content, {"received_at": later})
    collect(settings)
    assert asked(settings, sha) == []
    # A file that arrived earlier is recorded later: the report is compared again.
    drop(settings, "6m.csv", bc(tmp_path, count("2026-6M", 5)), {"received_at": earlier})
    collect(settings)
    assert told(asked(settings, sha)) == [("cumulative_falls", "F2", "3")]
    before = table_hashes(settings)
    rebuild_raw(settings)
    assert table_hashes(settings) == before
