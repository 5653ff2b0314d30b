"""From staged Parquet into the ledger, once; and the reply to the sender."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.intake.history.ledger_kit import (
    RECEIVED_AT,
    collect,
    collect_in_children,
    count,
    drop,
    figures,
    files_below,
    table_hashes,
)
from warehouse.intake.arrive.claim import claim_inbox, pending_files, sweep_inbox
from warehouse.intake.record import recording
from warehouse.intake.record.batch import parse_batch, plan_batches
from warehouse.intake.record.recording import BrokenBatchError, RecordSummary, record_staged
from warehouse.intake.reply.returned import complete_returned, folder_name
from warehouse.intake.workers import pool
from warehouse.raw.store import open_store
from warehouse.settings import Settings

BAD_INDICATOR = (
    b"unit_code,period,indicator_code,numerator,denominator,value,note\n20,2026-10,NO_SUCH,1,2,,\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def staged(settings: Settings) -> list[str]:
    """Claim and parse the files of the inbox, and return the ids of the batches."""
    pending = sweep_inbox(settings, quiet_seconds=0).pending
    return [parse_batch(batch, settings) for batch in plan_batches(pending, settings)]


def test_files_submissions_and_rows_are_recorded_and_counted(settings: Settings) -> None:
    for month in (1, 2, 3):
        drop(settings, f"{month}.csv", figures(month), {"received_at": RECEIVED_AT, "is_simulated": True})
    drop(settings, "bad.csv", BAD_INDICATOR)
    drop(settings, "nonsense.xlsx", b"\x00\x01\x02 nonsense")
    summary = collect(settings)
    assert summary == RecordSummary(
        files=5, submissions=5, accepted=3, warnings=0, returned=1, unreadable=1, rows=3
    )
    with open_store(settings, read_only=True) as connection:
        rows = connection.execute(
            "select file_name, received_at, is_simulated, outcome from raw.files order by file_name"
        ).fetchall()
        keys = connection.execute(
            "select unit_key, period_code, numerator, denominator from raw.bc_rows"
            " inner join raw.submissions using (submission_id) order by 2"
        ).fetchall()
    moment = datetime(2026, 11, 5, 2)
    assert rows[0] == ("1.csv", moment, True, "accepted")
    assert [(name, outcome) for name, _, _, outcome in rows[3:]] == [
        ("bad.csv", "returned"),
        ("nonsense.xlsx", "unreadable"),
    ]
    assert keys == [("20@2025-07-01", f"2026-{month:02d}", 49, 50) for month in (1, 2, 3)]
    assert pending_files(settings) == []
    assert list(settings.staged_dir.iterdir()) == []


def test_nothing_new_is_nothing_recorded(settings: Settings) -> None:
    assert collect(settings) == RecordSummary()
    drop(settings, "a.csv", figures(1))
    collect(settings)
    before = table_hashes(settings)
    drop(settings, "the same again.csv", figures(1))
    assert collect(settings) == RecordSummary()
    assert table_hashes(settings) == before


def test_a_batch_staged_again_after_it_was_recorded_changes_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    drop(settings, "a.csv", figures(1))
    (batch_id,) = staged(settings)
    shutil.copytree(settings.staged_dir / batch_id, tmp_path / "kept")
    assert record_staged(settings).files == 1
    before = table_hashes(settings)
    shutil.copytree(tmp_path / "kept", settings.staged_dir / batch_id)
    assert record_staged(settings) == RecordSummary()
    assert table_hashes(settings) == before
    assert list(settings.staged_dir.iterdir()) == []


def test_batches_that_overlap_record_each_file_once(settings: Settings) -> None:
    """Two sweeps at once may have planned the same pending files in different company."""
    first, second, third = (drop(settings, f"{month}.csv", figures(month)) for month in (1, 2, 3))
    sweep_inbox(settings, quiet_seconds=0)
    parse_batch([first, second], settings)
    parse_batch([second, third], settings)
    assert record_staged(settings).files == 3
    assert count(settings, "files") == count(settings, "bc_rows") == count(settings, "submissions") == 3


def test_a_batch_that_cannot_be_read_is_set_aside_and_its_files_are_parsed_again(settings: Settings) -> None:
    good = drop(settings, "good.csv", figures(1))
    bad = drop(settings, "bad.csv", figures(2))
    sweep_inbox(settings, quiet_seconds=0)
    parse_batch([good], settings)
    broken = parse_batch([bad], settings)
    (settings.staged_dir / broken / "bc_rows.parquet").write_bytes(b"a torn page")
    with pytest.raises(BrokenBatchError, match=broken):
        record_staged(settings)
    assert count(settings, "files") == count(settings, "submissions") == 1
    assert [path.name for path in settings.staged_dir.iterdir()] == [f"{recording.BROKEN_PREFIX}{broken}"]
    assert claim_inbox(settings) == [bad]
    assert collect(settings).files == 1
    assert count(settings, "bc_rows") == 2


def test_a_fault_in_the_middle_leaves_nothing_of_the_batch(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(settings, "a.csv", figures(1))
    (batch_id,) = staged(settings)
    insert = recording._insert

    def fail_late(connection: object, table: str, path: Path) -> int:
        if table == "bc_rows":
            raise KeyboardInterrupt
        return insert(connection, table, path)  # type: ignore[arg-type]

    monkeypatch.setattr(recording, "_insert", fail_late)
    with pytest.raises(KeyboardInterrupt):
        record_staged(settings)
    monkeypatch.undo()
    assert count(settings, "files") == 0
    assert record_staged(settings).files == 1
    assert batch_id


def test_a_batch_staged_before_a_form_gained_a_column_is_still_recorded(settings: Settings) -> None:
    drop(settings, "a.csv", figures(1))
    staged(settings)
    with open_store(settings) as connection:
        connection.execute("alter table raw.bc_rows add column source_page bigint")
    assert record_staged(settings).rows == 1


def test_a_staged_batch_may_lack_a_column_that_the_past_is_asked_about(settings: Settings) -> None:
    drop(settings, "a.csv", figures(1))
    (batch_id,) = staged(settings)
    path = settings.staged_dir / batch_id / "bc_rows.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["sheet"]), path)
    assert record_staged(settings).rows == 1
    with open_store(settings) as connection:
        assert connection.execute("select sheet from raw.bc_rows").fetchall() == [(None,)]


def test_a_staged_batch_may_have_a_column_that_is_gone(settings: Settings) -> None:
    drop(settings, "a.csv", figures(1))
    (batch_id,) = staged(settings)
    path = settings.staged_dir / batch_id / "bc_rows.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.append_column("unit_key", [["20@2025-07-01"]]), path)
    assert record_staged(settings).rows == 1
    with open_store(settings) as connection:
        assert connection.execute("select numerator from raw.bc_rows").fetchall() == [(49.0,)]


def test_an_accepted_file_gets_a_receipt_alone(settings: Settings) -> None:
    sha = drop(settings, "Báo cáo T10.csv", figures(10), {"received_at": "2026-11-05T18:30:00Z"})
    collect(settings)
    # 18:30 UTC on the 5th is the 6th in Viet Nam.
    folder = f"2026-11-06_Báo cáo T10_{sha[:8]}"
    assert files_below(settings.returned_dir) == [f"{folder}/receipt.json", f"{folder}/receipt.txt"]
    text = (settings.returned_dir / folder / "receipt.txt").read_text(encoding="utf-8")
    assert "ĐƯỢC NHẬN" in text
    assert "01:30 ngày 06/11/2026" in text
    assert "MÔ PHỎNG" not in text
    receipt = json.loads((settings.returned_dir / folder / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["rows_kept"] == {"bc_rows": 1}
    assert receipt["file_sha256"] == sha


def test_the_receipt_of_a_simulated_file_says_so(settings: Settings) -> None:
    drop(settings, "a.csv", figures(10), {"is_simulated": True})
    collect(settings)
    (text,) = settings.returned_dir.glob("*/receipt.txt")
    assert text.read_text(encoding="utf-8").startswith("SỐ LIỆU MÔ PHỎNG")


def test_a_returned_workbook_is_the_senders_own_with_the_cell_marked(
    settings: Settings, tmp_path: Path
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "BC"
    for row in BAD_INDICATOR.decode().splitlines():
        sheet.append(row.split(","))
    sheet["A1"].font = openpyxl.styles.Font(bold=True, color="123456")
    workbook.save(tmp_path / "x.xlsx")
    sha = drop(settings, "x.xlsx", (tmp_path / "x.xlsx").read_bytes())
    assert collect(settings).returned == 1
    (folder,) = settings.returned_dir.iterdir()
    assert folder.name.endswith(f"_x_{sha[:8]}")
    assert files_below(folder) == ["receipt.json", "receipt.txt", "x.xlsx"]
    annotated = openpyxl.load_workbook(folder / "x.xlsx")
    assert annotated["BC"]["A1"].font.color.rgb == "00123456"
    assert annotated["BC"]["C2"].comment is not None


@pytest.mark.parametrize("is_on_disk", [True, False])
def test_a_reply_that_is_not_noted_is_made_or_found_and_no_other_is_touched(
    settings: Settings, is_on_disk: bool
) -> None:
    """A kill may fall before the folder is made, or between the folder and its entry in the ledger."""
    for month in (1, 2, 3):
        drop(settings, f"{month}.csv", figures(month))
    drop(settings, "bad.csv", BAD_INDICATOR)
    collect(settings)
    before = files_below(settings.returned_dir)
    first, *others = sorted(settings.returned_dir.iterdir())
    if is_on_disk:
        others.append(first)
    else:
        shutil.rmtree(first)
    stamps = {path: path.stat().st_mtime_ns for path in others}
    with open_store(settings) as connection:
        connection.execute("delete from raw.replies where folder_name = ?", [first.name])
    assert record_staged(settings) == RecordSummary()
    assert files_below(settings.returned_dir) == before
    assert {path: path.stat().st_mtime_ns for path in others} == stamps
    assert complete_returned(settings) == 0
    with open_store(settings, read_only=True) as connection:
        noted = connection.execute("select folder_name from raw.replies order by 1").fetchall()
    assert [name for (name,) in noted] == sorted(path.name for path in settings.returned_dir.iterdir())


def test_a_file_that_cannot_be_annotated_still_gets_its_receipt(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_worker")
    drop(settings, "unmarkable.csv", BAD_INDICATOR)
    drop(settings, "unopenable.csv", BAD_INDICATOR.replace(b"1,2", b"1,3"))
    drop(settings, "markable.csv", BAD_INDICATOR.replace(b"1,2", b"1,4"))
    assert collect_in_children(settings).returned == 3
    made = {folder.name.split("_")[1]: files_below(folder) for folder in settings.returned_dir.glob("2*")}
    assert made == {
        "unmarkable": ["receipt.json", "receipt.txt"],
        "unopenable": ["receipt.json", "receipt.txt"],
        "markable": ["markable.csv", "receipt.json", "receipt.txt"],
    }


@hypothesis_settings(deadline=None)
@given(name=st.text(max_size=80), sha=st.integers(0, 16**64 - 1), moment=st.datetimes(datetime(2000, 1, 1)))
def test_a_folder_name_is_safe_whatever_the_file_was_called(name: str, sha: int, moment: datetime) -> None:
    try:
        folder = folder_name(f"{sha:064x}", name, moment)
    except OverflowError:
        assert moment.year == 9999
        return
    assert Path(folder).name == folder
    assert len(folder.encode()) < 255
    assert not folder.startswith(".")
    assert folder.endswith(f"{sha:064x}"[:8])


def test_the_codes_given_to_records_are_in_the_receipt(settings: Settings) -> None:
    header = "unit_code,model_code,model_name,kind,field_code,phase,level,registered_date\n"
    first = '20,,"Mô hình ""điểm"" tự quản",collective,KT,2021-2025,province,01/10/2025\n'
    second = '20,,"Tổ ""tự quản""",collective,KT,2021-2025,province,01/10/2025\n'
    drop(settings, "dk.csv", (header + first + second).encode())
    collect(settings)
    (path,) = settings.returned_dir.glob("*/receipt.json")
    receipt = json.loads(path.read_text(encoding="utf-8"))
    with open_store(settings) as connection:
        kept = connection.execute("select model_code, model_name from raw.dk_rows order by row_number")
        expected = [{"key": key, "record": name} for key, name in kept.fetchall()]
    assert [item["record"] for item in expected] == ['Mô hình "điểm" tự quản', 'Tổ "tự quản"']
    assert [{"key": item["key"], "record": item["record"]} for item in receipt["given_keys"]] == expected
    assert receipt["rows_kept"] == {"dk_rows": 2}
