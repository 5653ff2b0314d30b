"""The upload with real files: the dry run, the marked copy, the inbox, and the call to Airflow."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
import pytest

from tests.intake.file_kit import AS_OF, BC_HEADER, write_csv, write_xlsx
from warehouse.intake.arrive.archive import read_archived
from warehouse.intake.arrive.claim import claim_inbox, sweep_inbox
from warehouse.intake.arrive.inbox import read_sidecar, sidecar_path
from warehouse.intake.record.batch import parse_batch, plan_batches
from warehouse.intake.record.recording import record_staged
from warehouse.intake.upload.collection import call_collection
from warehouse.intake.upload.dry_run import dry_run, marked_copy, receive
from warehouse.intake.upload.hand_in import hand_in, received_before
from warehouse.intake.workers import pool
from warehouse.settings import Settings

# A province's own report has 379 of 481 settled.
GOOD = ["20", "2026-9M", "KNTC_GQ", 379, 481, None, None]
WRONG = ["20", "2026-9M", "KNTC_GQ", 481, 379, None, None]
NOW = datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with an empty data folder."""
    return Settings(tmp_path / "data", fixed_as_of_date=AS_OF)


def content_of(tmp_path: Path, *rows: list[Any]) -> bytes:
    """Return a workbook of form BC with these rows."""
    return write_xlsx(tmp_path / "made.xlsx", [BC_HEADER, *rows]).read_bytes()


def in_inbox(settings: Settings) -> list[Path]:
    """Return the files that wait in the inbox, without their sidecars."""
    return [path for path in settings.inbox_dir.iterdir() if not path.name.startswith(".")]


def test_the_result_of_a_good_file_says_what_was_understood(tmp_path: Path, settings: Settings) -> None:
    (check,) = dry_run([receive("BC.xlsx", content_of(tmp_path, GOOD))], settings)
    (part,) = check.understood
    assert (part.form, part.unit_name, part.period_code) == ("BC", "Tỉnh Lạng Sơn", "2026-9M")
    assert (part.row_count, part.error_count) == (1, 0)
    assert check.is_readable and check.count("error") == 0
    assert not settings.data_dir.exists(), "a dry run keeps nothing"


def test_a_finding_names_its_cell_and_the_copy_bears_it(tmp_path: Path, settings: Settings) -> None:
    (check,) = dry_run([receive("Báo cáo.xlsx", content_of(tmp_path, WRONG))], settings)
    (finding,) = [item for item in check.parsed.findings if item["severity"] == "error"]
    assert (finding["sheet"], finding["cell"]) == ("Sheet1", "D2")
    copy = marked_copy(check, settings)
    assert copy is not None
    assert copy.file_name == "Báo cáo_da_danh_dau.xlsx"
    comment = openpyxl.load_workbook(io.BytesIO(copy.content))["Sheet1"]["D2"].comment
    assert comment is not None and finding["message_vi"] in comment.text


def test_a_csv_comes_back_as_csv(tmp_path: Path, settings: Settings) -> None:
    content = write_csv(tmp_path / "bc.csv", [BC_HEADER, WRONG]).read_bytes()
    (check,) = dry_run([receive("bc.csv", content)], settings)
    copy = marked_copy(check, settings)
    assert copy is not None and copy.file_name == "bc_da_danh_dau.csv"
    assert "D2:" in copy.content.decode("utf-8-sig")


def test_several_files_are_told_in_their_order_and_under_their_names(
    tmp_path: Path, settings: Settings
) -> None:
    good, wrong = content_of(tmp_path, GOOD), content_of(tmp_path, WRONG)
    checks = dry_run([receive("1.xlsx", wrong), receive("2.xlsx", good), receive("3.xlsx", wrong)], settings)
    assert [check.parsed.file_name for check in checks] == ["1.xlsx", "2.xlsx", "3.xlsx"]
    assert [check.count("error") for check in checks] == [1, 0, 1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"\x00" * 2000, b"MZ program"])
def test_an_unreadable_file_is_refused_with_a_reason_and_not_handed_in(
    content: bytes, settings: Settings
) -> None:
    (check,) = dry_run([receive("tep.xlsx", content)], settings)
    assert not check.is_readable
    assert check.understood == ()
    assert check.parsed.findings[0]["message_vi"]
    with pytest.raises(ValueError, match="not to be handed in"):
        hand_in(check, settings)
    assert not settings.inbox_dir.exists()


def test_a_file_that_is_too_large_never_reaches_a_reader(tmp_path: Path, settings: Settings) -> None:
    small = replace(settings, upload_max_megabytes=1)
    with pytest.raises(ValueError, match="bytes"):
        dry_run([receive("lon.xlsx", b"x" * 1_000_001)], small)
    (check,) = dry_run([receive("vua.csv", b"x" * 1_000_000)], small)
    assert not check.is_readable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Báo cáo.xlsx", "Báo cáo.xlsx"),
        ("a\x00b\nc.xlsx", "a_b c.xlsx"),
        (".bashrc", ".bashrc"),
        ("..", "_"),
        (".meta.json", ".meta.json"),
        ("quý 3" * 100 + ".xlsx", None),
    ],
)
def test_a_name_leads_nowhere_and_is_kept_as_typed(
    typed: str, kept: str | None, tmp_path: Path, settings: Settings
) -> None:
    (check,) = dry_run([receive(typed, content_of(tmp_path, GOOD))], settings)
    hand_in(check, settings)
    (path,) = in_inbox(settings)
    name = read_sidecar(path).file_name
    assert name == (kept or check.upload.file_name)
    assert name.endswith(Path(kept or typed).suffix) and len(name) <= 150
    assert sorted(settings.data_dir.rglob("*")) == sorted([settings.inbox_dir, path, sidecar_path(path)])


def test_a_file_with_errors_may_be_handed_in_and_is_taken_unchanged(
    tmp_path: Path, settings: Settings
) -> None:
    content = content_of(tmp_path, WRONG)
    (check,) = dry_run([receive("BC tháng 9.xlsx", content)], settings)
    assert check.count("error") == 1
    receipt = hand_in(check, settings, NOW)
    (path,) = in_inbox(settings)
    assert path.read_bytes() == content
    assert json.loads(sidecar_path(path).read_text(encoding="utf-8")) == {
        "received_at": "2026-11-20T03:04:05+00:00",
        "file_name": "BC tháng 9.xlsx",
        "source_kind": "upload",
        "how_sent": None,
    }
    assert receipt.received_at == NOW and not receipt.is_repeated
    sweep_inbox(settings)
    archived = read_archived(settings, check.upload.file_sha256)
    assert archived is not None
    assert (archived.file_name, archived.received_at, archived.source_kind) == (
        "BC tháng 9.xlsx",
        NOW,
        "upload",
    )
    assert list(settings.inbox_dir.iterdir()) == []


def test_the_dry_run_has_the_findings_of_the_collection(tmp_path: Path, settings: Settings) -> None:
    import duckdb

    contents = [content_of(tmp_path, GOOD), content_of(tmp_path, WRONG)]
    checks = dry_run([receive(f"{n}.xlsx", content) for n, content in enumerate(contents)], settings)
    for check in checks:
        hand_in(check, settings, NOW)
    for batch in plan_batches(claim_inbox(settings), settings):
        parse_batch(batch, settings)
    record_staged(settings)
    with duckdb.connect(str(settings.raw_path), read_only=True) as store:
        outcomes = dict(store.execute("select file_sha256, outcome from raw.files").fetchall())
        found = store.execute("select file_sha256, rule_code, cell, message_vi from raw.findings").fetchall()
    assert outcomes == {check.upload.file_sha256: check.parsed.outcome for check in checks}
    assert set(found) == {
        (item["file_sha256"], item["rule_code"], item["cell"], item["message_vi"])
        for check in checks
        for item in check.parsed.findings
    }


def test_the_same_content_again_is_told_of_while_it_waits_and_after(
    tmp_path: Path, settings: Settings
) -> None:
    (check,) = dry_run([receive("BC.xlsx", content_of(tmp_path, GOOD))], settings)
    assert received_before(check.upload, settings) is None
    hand_in(check, settings, NOW)
    assert received_before(check.upload, settings) == NOW
    again = hand_in(check, settings)
    assert again.is_repeated and again.first_received_at == NOW
    assert len(in_inbox(settings)) == 1, "pressed twice, it lies there once"
    sweep_inbox(settings)
    renamed = replace(check, upload=replace(check.upload, file_name="tên khác.xlsx"))
    later = hand_in(renamed, settings)
    assert later.is_repeated
    sweep_inbox(settings)
    archived = read_archived(settings, check.upload.file_sha256)
    assert archived is not None and archived.arrivals[-1].file_name == "tên khác.xlsx"


def test_an_inbox_that_cannot_be_written_is_said_and_leaves_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    (check,) = dry_run([receive("BC.xlsx", content_of(tmp_path, GOOD))], settings)
    settings.data_dir.mkdir()
    settings.inbox_dir.write_text("a file where the folder should be")
    with pytest.raises(OSError):
        hand_in(check, settings)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("crash.xlsx", "file_broke_the_reader"),
        ("spin.xlsx", "file_takes_too_long"),
        ("memory.xlsx", "file_needs_too_much_memory"),
        ("fault.xlsx", "file_broke_the_reader"),
    ],
)
def test_a_file_that_harms_its_reader_harms_neither_the_page_nor_its_neighbours(
    name: str, rule: str, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_upload_worker")
    good, other = content_of(tmp_path, GOOD), content_of(tmp_path, WRONG)
    neighbour, harmful = dry_run([receive("tot.xlsx", good), receive(name, other)], settings)
    assert neighbour.is_readable and neighbour.count("error") == 0
    assert not harmful.is_readable
    assert [finding["rule_code"] for finding in harmful.parsed.findings] == [rule]


def test_without_a_marked_copy_the_findings_stand(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_upload_worker")
    for name in ("unmarkable.xlsx", "unopenable.xlsx"):
        (check,) = dry_run([receive(name, content_of(tmp_path, WRONG))], settings)
        assert check.count("error") == 1
        assert marked_copy(check, settings) is None


class Airflow(BaseHTTPRequestHandler):
    """Answers our requests as Airflow's REST API does, and notes them."""

    asked: ClassVar[list[tuple[str, str, Any, str | None]]] = []

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.asked.append((self.command, self.path, body, self.headers.get("Authorization")))
        answer = {"access_token": "a-token"} if self.path == "/auth/token" else {"state": "queued"}
        self.send_response(201)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_GET = do_POST = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def airflow() -> Iterator[str]:
    """Start the server, and return its address."""
    Airflow.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Airflow)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_collection_is_called_with_the_token_of_this_machine(
    airflow: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIRFLOW_API_USER", raising=False)
    assert call_collection(replace(settings, airflow_api_address=f"{airflow}/"))
    assert Airflow.asked == [
        ("GET", "/auth/token", None, None),
        ("POST", "/api/v2/dags/collect_submissions/dagRuns", {"logical_date": None}, "Bearer a-token"),
    ]


def test_with_a_user_the_client_logs_in(
    airflow: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_API_USER", "page")
    monkeypatch.setenv("AIRFLOW_API_PASSWORD", "its own")
    assert call_collection(replace(settings, airflow_api_address=airflow))
    assert Airflow.asked[0] == ("POST", "/auth/token", {"username": "page", "password": "its own"}, None)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "nowhere", "file:///etc/passwd"])
def test_without_airflow_the_sweep_is_left_to_come(address: str, settings: Settings) -> None:
    assert call_collection(replace(settings, airflow_api_address=address)) is False
