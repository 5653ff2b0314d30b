"""An inspection pack holds what belongs to its topic, unit and months, and nothing that harms who opens it."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from io import BytesIO, StringIO

import openpyxl
import pytest

from tests.inspection.conftest import DAMAGED_FILE, GOOD_FILE, HOSTILE, LOST_FILE, sha256
from warehouse.cli import main
from warehouse.inspection.pack import pack_bytes, write_pack
from warehouse.inspection.request import BadRequest, find_unit, months_between
from warehouse.inspection.tables import SHEET_ROWS
from warehouse.inspection.topics import UnknownTopic, find_topic, load_topics


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


def rows(pack: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(pack.read(f"csv/{table}.csv").decode("utf-8-sig"))))


@pytest.fixture
def pack(settings, release, request_for) -> zipfile.ZipFile:
    return opened(pack_bytes(settings, release, request_for()))


def test_a_pack_holds_the_unit_its_predecessors_and_all_below_it_on_the_topic(pack) -> None:
    assert sorted(row["value"] for row in rows(pack, "figures")) == ["77", "88"]
    assert sorted(row["value"] for row in rows(pack, "reported_values")) == ["91", "92"]
    (row,) = [row for row in rows(pack, "reported_values") if row["value"] == "91"]
    assert (row["sheet"], row["cell"], row["file_name"], row["file_sha256"]) == (
        *("BC", "F4", "s-good.csv"),
        sha256(GOOD_FILE),
    )
    assert [row["document_no"] for row in rows(pack, "documents")] == ["01"], "by the words of its title"
    assert [row["item_code"] for row in rows(pack, "conclusions")] == ["a", "b"], "by category or by words"


def test_each_archived_file_is_held_against_its_hash(pack) -> None:
    states = {row["file_sha256"]: row["state"] for row in rows(pack, "files")}
    assert states == {
        sha256(GOOD_FILE): "included",
        sha256(DAMAGED_FILE): "damaged",
        sha256(LOST_FILE): "not_in_archive",
    }
    kept = [name for name in pack.namelist() if name.startswith("files/")]
    assert kept == [f"files/{sha256(GOOD_FILE)}.csv"]
    assert pack.read(kept[0]) == GOOD_FILE


def test_the_sums_in_a_pack_are_those_of_its_members(pack) -> None:
    lines = pack.read("SHA256SUMS.txt").decode().splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist()}
    assert told == {name: digest for name, digest in found.items() if name != "SHA256SUMS.txt"}


def test_one_release_and_request_give_the_same_bytes_at_any_time(settings, release, request_for) -> None:
    assert pack_bytes(settings, release, request_for()) == pack_bytes(settings, release, request_for())


def test_hostile_text_is_text_in_every_part(pack) -> None:
    (first, _) = rows(pack, "conclusions")
    assert first["statement"] == f"'{HOSTILE}"
    book = openpyxl.load_workbook(BytesIO(pack.read("ho_so.xlsx")))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert any(cell.value == f"'{HOSTILE}" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula"
    assert not any(cell.hyperlink for cell in cells)
    assert "<script>" not in pack.read("index.html").decode()


def test_the_index_says_release_filters_coverage_and_simulation_in_both_languages(pack) -> None:
    said = pack.read("README.txt").decode("utf-8-sig")
    for words in (
        "r1",
        "2024-01 – 2026-10",
        "Khiếu nại",
        "Complaints",
        "1 trên 2 số liệu",
        "1 of 2 figures",
        "SIMULATED",
    ):
        assert words in said
    page = pack.read("index.html").decode()
    assert f'href="files/{sha256(GOOD_FILE)}.csv"' in page
    assert all(f'href="csv/{name}.csv"' in page for name in ("figures", "documents", "files", "restatements"))


def test_files_can_be_left_out(settings, release, request_for) -> None:
    pack = opened(pack_bytes(settings, release, request_for(with_files=False)))
    assert {row["state"] for row in rows(pack, "files")} == {"left_out"}
    assert not [name for name in pack.namelist() if name.startswith("files/")]


def test_a_pack_without_content_says_so(settings, release, request_for) -> None:
    stream = BytesIO()
    assert write_pack(stream, settings, release, request_for("culture")).is_empty
    assert "Không có dữ liệu nào" in opened(stream.getvalue()).read("README.txt").decode()


def test_a_wrong_request_is_told_what_there_is(settings, release) -> None:
    topics = load_topics(settings.seeds_dir, release.as_of_date)
    with pytest.raises(UnknownTopic, match="complaints"):
        find_topic(topics, "nothing")
    with pytest.raises(BadRequest, match="20 Đơn vị"):
        find_unit(release, "99", release.as_of_date)
    for first, last in (("2026-13", "2026-10"), ("2026-10", "2026-09"), ("10/2026", "2026-11")):
        with pytest.raises(BadRequest):
            months_between(first, last)
    assert SHEET_ROWS < 1_048_576


def test_every_topic_names_indicators_and_lists_that_exist(settings) -> None:
    def codes(name: str, column: str) -> set[str]:
        lines = (settings.seeds_dir / f"{name}.csv").read_text(encoding="utf-8")
        return {row[column] for row in csv.DictReader(StringIO(lines))}

    topics = load_topics(settings.seeds_dir, settings.as_of_date()).values()
    assert {code for topic in topics for code in topic.indicators} <= codes("indicators", "indicator_code")
    assert {code for topic in topics for code in topic.activity_types} <= codes("activity_types", "code")
    categories = {code for topic in topics for code in topic.categories} - {topic.code for topic in topics}
    assert categories <= codes("issue_categories", "code")


def test_the_command_writes_a_whole_file_or_none(
    settings, release, tmp_path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    out = tmp_path / "pack.zip"

    def run(topic: str, unit: str = "08") -> int:
        words = ["inspection-pack", "--topic", topic, "--unit", unit, "--from", "2024-01", "--to", "2026-10"]
        return main([*words, "--out", str(out)])

    assert run("culture") == 1
    assert "không có dữ liệu" in capsys.readouterr().err
    assert run("nothing") == 2
    assert "complaints" in capsys.readouterr().err
    assert not out.exists()
    assert run("complaints") == 0
    told = capsys.readouterr()
    assert "figures 2" in told.out
    assert "không đúng mã băm" in told.err, "of the damaged file"
    assert zipfile.ZipFile(out).testzip() is None
    assert not list(tmp_path.glob(".*.part"))
    assert run("complaints") == 2, "an existing file stays"
