"""From the inbox into the archive: what is taken, what is left and why, and what a kill leaves behind."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.intake.file_kit import write_xlsx
from tests.intake.history.ledger_kit import drop
from warehouse.disk.durable import ABANDONED_FILE_AFTER_SECONDS, WORKING_PREFIX
from warehouse.intake.arrive import archive, claim, inbox
from warehouse.intake.arrive.archive import archived_hashes, content_path, read_archived
from warehouse.intake.arrive.claim import Sweep, claim_inbox
from warehouse.settings import PROJECT_DIR, Settings

AN_HOUR_AGO = time.time() - 3600


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def sweep(settings: Settings) -> Sweep:
    """Sweep without waiting for files to come to rest: the files of a test are written at once."""
    return claim.sweep_inbox(settings, quiet_seconds=0, patience_seconds=0)


def test_a_file_goes_into_the_archive_unchanged(settings: Settings) -> None:
    sha = drop(settings, "Báo cáo tháng 10.XLSX", b"figures")
    before = datetime.now(UTC)
    assert sweep(settings).pending == [sha]
    archived = read_archived(settings, sha)
    assert archived is not None
    path = content_path(settings, archived)
    assert path == settings.archive_dir / sha[:2] / f"{sha}.xlsx"
    assert path.read_bytes() == b"figures"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(archive.metadata_path(settings, sha).stat().st_mode) == 0o640
    assert archived.file_name == "Báo cáo tháng 10.XLSX"
    assert before <= archived.received_at <= datetime.now(UTC)
    assert (archived.size_bytes, archived.source_kind, archived.is_simulated) == (7, "inbox", False)
    assert list(settings.inbox_dir.iterdir()) == []


def test_an_archived_file_stays_pending_until_it_is_in_the_ledger(settings: Settings) -> None:
    sha = drop(settings, "a.csv", b"a")
    assert claim_inbox(settings) == [sha]
    assert claim_inbox(settings) == [sha]


def test_pending_files_come_in_order_of_arrival(settings: Settings) -> None:
    times = ["2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00+07:00"]
    hashes = [drop(settings, f"{i}.csv", b"%d" % i, {"received_at": at}) for i, at in enumerate(times)]
    assert sweep(settings).pending == [hashes[1], hashes[2], hashes[0]]


def test_the_sidecar_says_when_from_whom_and_whether_it_is_simulated(settings: Settings) -> None:
    sidecar = {
        "received_at": "2026-10-05T08:30:00+07:00",
        "file_name": "BC_Lạng Sơn.xlsx",
        "is_simulated": True,
        "source_kind": "sample",
        "how_sent": "part",
    }
    sha = drop(settings, "00017.xlsx", b"x", sidecar)
    sweep(settings)
    archived = read_archived(settings, sha)
    assert archived is not None
    assert archived.received_at == datetime(2026, 10, 5, 1, 30, tzinfo=UTC)
    assert archived.file_name == "BC_Lạng Sơn.xlsx"
    assert (archived.source_kind, archived.is_simulated, archived.how_sent) == ("sample", True, "part")
    assert list(settings.inbox_dir.iterdir()) == []


@pytest.mark.parametrize(
    "sidecar",
    [
        "not json",
        "[1]",
        '{"received_at": "yesterday"}',
        '{"source_kind": "pigeon"}',
        '{"received_at": 5}',
        '{"how_sent": "half"}',
        "",
    ],
)
def test_a_sidecar_that_makes_no_sense_does_not_lose_the_file(settings: Settings, sidecar: str) -> None:
    sha = drop(settings, "a.csv", b"a", sidecar)
    assert sweep(settings).pending == [sha]
    archived = read_archived(settings, sha)
    assert archived is not None
    assert (archived.file_name, archived.source_kind) == ("a.csv", "inbox")
    assert list(settings.inbox_dir.iterdir()) == []


def test_metadata_of_an_earlier_version_says_nothing_of_how_a_file_was_sent(settings: Settings) -> None:
    sha = drop(settings, "a.csv", b"a")
    sweep(settings)
    path = archive.metadata_path(settings, sha)
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["how_sent"]
    path.write_text(json.dumps(document), encoding="utf-8")
    archived = read_archived(settings, sha)
    assert archived is not None and archived.how_sent is None
    path.write_text(json.dumps(document | {"how_sent": "half"}), encoding="utf-8")
    with pytest.raises(ValueError, match="is not the metadata of an archived file: how_sent is 'half'"):
        read_archived(settings, sha)


def test_a_sidecar_whose_file_is_still_to_come_is_left(settings: Settings) -> None:
    drop(settings, "a.csv", b"a", {"is_simulated": True})
    (settings.inbox_dir / "a.csv").unlink()
    assert sweep(settings).pending == []
    sha = drop(settings, "a.csv", b"a")
    sweep(settings)
    archived = read_archived(settings, sha)
    assert archived is not None
    assert archived.is_simulated


def test_what_a_killed_hand_in_left_is_removed_once_it_is_old(settings: Settings) -> None:
    """A working file was not sent; a recent one may still be written, and hidden files of other programs stay."""
    settings.inbox_dir.mkdir(parents=True)
    old, young, other = (
        settings.inbox_dir / name
        for name in (f"{WORKING_PREFIX}0-a.csv", f"{WORKING_PREFIX}1-b.csv", ".filling.csv")
    )
    for path in (old, young, other):
        path.write_bytes(b"half")
        os.utime(path, (AN_HOUR_AGO, AN_HOUR_AGO))
    os.utime(old, (AN_HOUR_AGO - ABANDONED_FILE_AFTER_SECONDS, AN_HOUR_AGO - ABANDONED_FILE_AFTER_SECONDS))
    sweep(settings)
    assert sorted(settings.inbox_dir.iterdir()) == sorted([young, other])


def test_the_same_content_again_is_only_noted(settings: Settings) -> None:
    sha = drop(settings, "first.xlsx", b"same", {"received_at": "2026-01-01T00:00:00Z"})
    sweep(settings)
    drop(settings, "second.csv", b"same", {"received_at": "2026-02-01T00:00:00Z", "source_kind": "upload"})
    assert sweep(settings).pending == [sha]
    archived = read_archived(settings, sha)
    assert archived is not None
    assert (archived.file_name, archived.archive_name) == ("first.xlsx", f"{sha}.xlsx")
    assert [(item.file_name, item.source_kind) for item in archived.arrivals] == [
        ("first.xlsx", "inbox"),
        ("second.csv", "upload"),
    ]
    assert len(list((settings.archive_dir / sha[:2]).iterdir())) == 2
    assert list(settings.inbox_dir.iterdir()) == []


def test_one_file_sent_for_ever_does_not_grow_its_metadata_for_ever(settings: Settings) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    archived = archive.ArchivedFile("0" * 64, "a", moment, 1, "inbox", False, "0.csv")
    for number in range(250):
        arrival = archive.Arrival(str(number), moment, "inbox", str(number))
        archived = archive.with_arrival(archived, arrival)
    names = [item.file_name for item in archived.arrivals]
    assert names == ["0", *map(str, range(151, 250))]


@pytest.mark.parametrize(
    ("file_name", "extension"),
    [
        ("a.XLSX", ".xlsx"),
        ("a.json", ".bin"),
        ("a", ".bin"),
        ("a.x/y", ".bin"),
        ("a.với dấu", ".bin"),
        ("a.toolongextension", ".bin"),
        (".csv", ".bin"),
    ],
)
def test_an_archived_file_has_a_known_extension(file_name: str, extension: str) -> None:
    assert archive.archive_name("f" * 64, file_name) == "f" * 64 + extension


def test_what_is_no_complete_file_is_left_and_named(settings: Settings, tmp_path: Path) -> None:
    settings.inbox_dir.mkdir(parents=True)
    (settings.inbox_dir / "folder").mkdir()
    (settings.inbox_dir / "folder" / "inside.csv").write_text("1")
    secret = tmp_path / "secret.csv"
    secret.write_text("not for the archive")
    (settings.inbox_dir / "link.csv").symlink_to(secret)
    (settings.inbox_dir / "dangling.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(settings.inbox_dir / "pipe.csv")
    (settings.inbox_dir / ".part.csv").write_text("half")
    sha = drop(settings, "good.csv", b"good")
    result = sweep(settings)
    assert result.pending == list(result.claimed) == [sha]
    assert set(result.left) == {"folder", "link.csv", "dangling.csv", "pipe.csv"}
    assert {path.name for path in settings.inbox_dir.iterdir()} == {*result.left, ".part.csv"}
    assert (settings.inbox_dir / "folder" / "inside.csv").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_left_and_named(settings: Settings) -> None:
    drop(settings, "a.csv", b"a")
    (settings.inbox_dir / "a.csv").chmod(0)
    assert set(sweep(settings).left) == {"a.csv"}


def test_a_full_disk_leaves_the_file_and_goes_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(settings, "big.csv", b"b" * 100)
    drop(settings, "big again.csv", b"b" * 100)
    small = drop(settings, "small.csv", b"s")
    fsync = os.fsync

    def full_disk(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == 100:
            raise OSError(28, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full_disk)
    result = sweep(settings)
    assert result.pending == [small]
    assert result.left["big again.csv"] == "No space left on device"
    for name in ("big.csv", "big again.csv"):
        assert name in result.left
        assert (settings.inbox_dir / name).read_bytes() == b"b" * 100
    monkeypatch.undo()
    assert len(sweep(settings).pending) == 2


def test_a_file_being_written_is_taken_when_it_is_complete(settings: Settings) -> None:
    settings.inbox_dir.mkdir(parents=True)
    content = b"".join(b"%d;" % i for i in range(20))

    stream = (settings.inbox_dir / "slow.csv").open("wb", buffering=0)

    def write_slowly() -> None:
        with stream:
            for i in range(20):
                stream.write(b"%d;" % i)
                time.sleep(0.02)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    try:
        result = claim.sweep_inbox(settings, quiet_seconds=0.15, patience_seconds=5)
    finally:
        writer.join()
    assert result.pending == [hashlib.sha256(content).hexdigest()]
    assert result.left == {}


APPEND_BY_REOPENING = """
import sys, time
from pathlib import Path
for number in range(4):
    with Path(sys.argv[1]).open("ab") as stream:
        stream.write(b"%d;" % number)
    print(number, flush=True)
    time.sleep(float(sys.argv[2]))
"""


def test_a_file_that_is_appended_to_by_reopening_is_taken_whole(settings: Settings) -> None:
    """Between two lines nobody has it open, for twice as long as a file that arrives by rename has to rest."""
    path = settings.inbox_dir / "log.csv"
    path.parent.mkdir(parents=True)
    quiet_seconds = 0.4
    with subprocess.Popen(
        [sys.executable, "-c", APPEND_BY_REOPENING, str(path), str(2 * quiet_seconds)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"0\n"
        result = claim.sweep_inbox(settings, quiet_seconds, patience_seconds=5)
        writer.communicate()
    assert result.pending == [hashlib.sha256(b"0;1;2;3;").hexdigest()]
    assert result.left == {}


def _renamed(settings: Settings) -> Path:
    draft = settings.inbox_dir / ".draft.csv"
    draft.write_bytes(b"whole")
    # Times of a file have the resolution of the kernel's tick.
    time.sleep(0.02)
    return draft.rename(settings.inbox_dir / "renamed.csv")


def _copied_with_its_time(settings: Settings) -> Path:
    path = settings.inbox_dir / "copied.csv"
    path.write_bytes(b"whole")
    os.utime(path, (AN_HOUR_AGO, AN_HOUR_AGO))
    return path


def _with_metadata(settings: Settings) -> Path:
    drop(settings, "sent.csv", b"whole", {"source_kind": "upload"})
    return settings.inbox_dir / "sent.csv"


def _workbook(settings: Settings) -> Path:
    return write_xlsx(settings.inbox_dir / "workbook.xlsx", [["whole"]])


@pytest.mark.parametrize("arrive", [_renamed, _copied_with_its_time, _with_metadata, _workbook])
def test_a_file_that_shows_that_it_is_complete_is_not_kept_waiting(
    settings: Settings, arrive: Callable[[Settings], Path]
) -> None:
    settings.inbox_dir.mkdir(parents=True)
    sha = hashlib.sha256(arrive(settings).read_bytes()).hexdigest()
    started = time.monotonic()
    assert claim.sweep_inbox(settings, quiet_seconds=2, patience_seconds=5).pending == [sha]
    assert time.monotonic() - started < 2 * inbox.REST_AFTER_WRITE / 2


def test_half_a_workbook_rests_as_long_as_a_csv(settings: Settings, tmp_path: Path) -> None:
    """A transfer that was broken off is resumed by reopening the file."""
    whole = write_xlsx(tmp_path / "whole.xlsx", [[number] for number in range(500)]).read_bytes()
    settings.inbox_dir.mkdir(parents=True)
    (settings.inbox_dir / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    started = time.monotonic()
    assert len(claim.sweep_inbox(settings, quiet_seconds=0.1, patience_seconds=2).pending) == 1
    assert time.monotonic() - started > 0.1 * (inbox.REST_AFTER_WRITE - 1)


def test_a_file_that_someone_has_open_for_writing_is_left_however_old_it_looks(settings: Settings) -> None:
    drop(settings, "stalled.csv", b"half")
    path = settings.inbox_dir / "stalled.csv"
    program = "import sys; f = open(sys.argv[1], 'ab'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        os.utime(path, (AN_HOUR_AGO, AN_HOUR_AGO))
        result = sweep(settings)
        assert result.pending == []
        assert "still being written" in result.left["stalled.csv"]
        assert path.read_bytes() == b"half"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inbox, "STALLED_SECONDS", 0.0)
            assert len(sweep(settings).pending) == 1
        assert not path.exists()
        writer.communicate()


def test_a_modification_time_in_the_future_does_not_starve_a_file(settings: Settings) -> None:
    sha = drop(settings, "future.csv", b"f")
    tomorrow = time.time() + 86400
    os.utime(settings.inbox_dir / "future.csv", (tomorrow, tomorrow))
    assert claim.sweep_inbox(settings, quiet_seconds=0.1, patience_seconds=2).pending == [sha]


def test_a_wrong_clock_does_not_starve_a_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    sha = drop(settings, "a.csv", b"a")
    monkeypatch.setattr(inbox.time, "time", lambda: 0.0)
    assert claim.sweep_inbox(settings, quiet_seconds=0.1, patience_seconds=2).pending == [sha]


def test_a_file_that_keeps_changing_does_not_hold_up_the_others(settings: Settings) -> None:
    sha = drop(settings, "z.csv", b"z")
    drop(settings, "a.csv", b"")
    done = threading.Event()

    def touch() -> None:
        while not done.wait(0.02):
            os.utime(settings.inbox_dir / "a.csv")

    toucher = threading.Thread(target=touch)
    toucher.start()
    try:
        result = claim.sweep_inbox(settings, quiet_seconds=0.3, patience_seconds=0.8)
    finally:
        done.set()
        toucher.join()
    assert result.pending == [sha]
    assert set(result.left) == {"a.csv"}


def test_a_file_that_is_replaced_while_it_is_taken_is_taken_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer file of the same name arrives after the old one was archived and before it is removed."""
    old = drop(settings, "a.csv", b"old")
    remove = inbox.remove

    def replaced_just_before(found: inbox.InboxFile) -> None:
        newer = settings.inbox_dir / ".newer"
        newer.write_bytes(b"new")
        newer.replace(found.path)
        remove(found)

    monkeypatch.setattr(inbox, "remove", replaced_just_before)
    sweep(settings)
    monkeypatch.undo()
    new = hashlib.sha256(b"new").hexdigest()
    assert set(sweep(settings).pending) == {old, new}
    assert list(settings.inbox_dir.iterdir()) == []


def test_a_file_that_changes_while_it_is_copied_is_left(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(settings, "a.csv", b"old")
    open_unchanged = inbox.open_unchanged

    def changed_after_opening(found: inbox.InboxFile) -> int:
        descriptor = open_unchanged(found)
        with found.path.open("ab") as stream:
            stream.write(b" and more")
        return descriptor

    monkeypatch.setattr(inbox, "open_unchanged", changed_after_opening)
    result = sweep(settings)
    assert (result.pending, set(result.left)) == ([], {"a.csv"})
    monkeypatch.undo()
    assert sweep(settings).pending == [hashlib.sha256(b"old and more").hexdigest()]


@pytest.mark.parametrize(
    "name",
    [b"tr\xe1\xbb\x8b s\xe1\xbb\x91.csv", b"\xff\xfe.csv", b"line\nbreak.csv", b"a" * 255, b"=1+1.csv"],
)
def test_a_file_of_any_name_that_the_file_system_allows_is_taken(settings: Settings, name: bytes) -> None:
    settings.inbox_dir.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(settings.inbox_dir) + b"/" + name)).write_bytes(b"x")
    (sha,) = sweep(settings).pending
    archived = read_archived(settings, sha)
    assert archived is not None
    assert archived.file_name.isprintable()
    assert list(settings.inbox_dir.iterdir()) == []


@hypothesis_settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_a_printable_name_has_no_path_and_can_be_stored(name: str) -> None:
    printable = inbox.printable_name(name)
    assert printable
    assert "/" not in printable
    assert "\\" not in printable
    assert printable.isprintable()
    assert printable.encode("utf-8").decode("utf-8") == printable
    assert inbox.printable_name(printable) == printable


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\báo cáo.xlsx", "báo cáo.xlsx"),
        ("a\u00a0b.xlsx", "a b.xlsx"),
        ("..", "_"),
    ],
)
def test_a_printable_name_has_no_path_and_no_odd_blank(given_name: str, shown: str) -> None:
    assert inbox.printable_name(given_name) == shown


def _sweep_in_child(data_dir: Path, results: multiprocessing.Queue[list[str]]) -> None:
    results.put(list(sweep(Settings(data_dir=data_dir)).claimed))


def test_two_sweeps_at_once_neither_lose_nor_double(settings: Settings) -> None:
    hashes = {drop(settings, f"{i}.csv", b"%d" % i) for i in range(60)}
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[list[str]] = context.Queue()
    children = [context.Process(target=_sweep_in_child, args=(settings.data_dir, results)) for _ in range(3)]
    for child in children:
        child.start()
    claimed = [sha for _ in children for sha in results.get(timeout=30)]
    for child in children:
        child.join()
        assert child.exitcode == 0
    assert sorted(claimed) == sorted(hashes)
    assert set(archived_hashes(settings)) == hashes
    assert all(
        len(archived.arrivals) == 1
        for sha in hashes
        if (archived := read_archived(settings, sha)) is not None
    )


FILE_SYSTEM_STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "fcntl.fcntl")


def _sweep_until_killed_at(data_dir: Path, step: int) -> None:
    """Sweep in this process and die by SIGKILL just before the given file-system step."""
    steps = iter(range(10_000))

    def die_at_step(event: str, _: object) -> None:
        if event in FILE_SYSTEM_STEPS and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die_at_step)
    sweep(Settings(data_dir=data_dir))


def test_killed_before_any_single_step_the_next_sweep_completes(tmp_path: Path) -> None:
    """Every step that touches the file system, one by one: with new content, known content and a sidecar."""
    context = multiprocessing.get_context("fork")
    killed = 0
    for step in range(200):
        settings = Settings(data_dir=tmp_path / str(step))
        known = drop(settings, "known.csv", b"known", {"received_at": "2025-01-01T00:00:00Z"})
        sweep(settings)
        drop(settings, "again.csv", b"known")
        new = drop(settings, "new.csv", b"new", {"received_at": "2026-01-01T00:00:00Z", "is_simulated": True})
        child = context.Process(target=_sweep_until_killed_at, args=(settings.data_dir, step))
        child.start()
        child.join()
        result = sweep(settings)
        assert result.pending == [known, new]
        assert [path.name for path in settings.inbox_dir.iterdir()] == []
        first, second = read_archived(settings, known), read_archived(settings, new)
        assert first is not None
        assert second is not None
        assert content_path(settings, second).read_bytes() == b"new"
        assert (second.file_name, second.is_simulated) == ("new.csv", True)
        assert second.received_at == datetime(2026, 1, 1, tzinfo=UTC)
        assert [item.file_name for item in first.arrivals] == ["known.csv", "again.csv"]
        assert len(second.arrivals) == 1
        assert not (settings.archive_dir / archive.INCOMING_DIR_NAME).exists()
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        killed += 1
    else:
        pytest.fail("the sweep has more steps than this test expects")
    assert killed > 30


def test_damaged_metadata_is_named_holds_up_nobody_and_is_mended_by_the_same_file(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = drop(settings, "a.csv", b"a")
    sweep(settings)
    archive.metadata_path(settings, damaged).write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=damaged):
        read_archived(settings, damaged)
    other = drop(settings, "b.csv", b"b")
    assert sweep(settings).pending == [other]
    assert damaged in caplog.text
    drop(settings, "a once more.csv", b"a")
    assert set(sweep(settings).pending) == {damaged, other}


def test_the_claim_needs_no_dbt_and_no_workbook_library() -> None:
    """A sweep every minute that finds nothing must cost next to nothing."""
    program = (
        "import sys, warehouse.intake.arrive.claim as _;"
        "print([m for m in ('openpyxl', 'python_calamine', 'dbt', 'pandas', 'streamlit') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], cwd=PROJECT_DIR, capture_output=True, check=True)
    assert shown.stdout.strip() == b"[]"
