"""Numbers of citizens, planted wherever a sender can write: none is kept in the raw store, in a release, or in a reply."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADER, context, write_csv, write_xlsx
from tests.intake.history.ledger_kit import collect, drop
from tests.release.conftest import models_alone
from warehouse.forms.contract import Form, load_forms
from warehouse.intake.messages.findings import MAX_FOUND_CHARACTERS
from warehouse.intake.reply.summary import SUMMARY_SHEET
from warehouse.intake.upload.dry_run import dry_run, receive
from warehouse.release import audit, build, publish, store
from warehouse.settings import Settings

AS_OF = date(2026, 11, 20)
# Cards of one kind, each with six digits that say where it was planted.
PLANTED = re.compile(r"020095\d{6}")
# What is left of any planted number when blanks, dots, dashes and brackets are gone.
BARE_PLANTED = re.compile(r"[01]20095|912009")
_SEPARATORS = re.compile(r"[\s.()\u2013-]")
# How people write cards of twelve and of nine digits, and telephones; each with the digits that say where it was planted.
WRITINGS = (
    *("CCCD 020095{0}{1}", "020 095 {0} {1}", "020.095.{0}.{1}", "CMND 120.095.{1}", "CMND số 120095{1}"),
    *("(+84) 912 009 {1}", "0912.009.{1}", "ĐT +84-912-009-{1}", "0912 009 {1}/0912 009 {1}"),
)
CODES = {
    column.list: [item.code for item in context(AS_OF).reference.list_items(column.list)]
    for form in load_forms().values()
    for column in form.columns
    if column.list
}
_numbers = itertools.count(1)
_filled: dict[str, Any] = {
    "unit": "20",
    "period": "2026-10",
    "indicator": "TTHC_DUNGHAN",
    "date": "05/10/2026",
    "phase": "2026-2030",
}


def card() -> str:
    """Return the next number of an identity card."""
    return f"020095{next(_numbers):06d}"


def written() -> str:
    """Return the next planted number, each in another writing."""
    number = next(_numbers)
    digits = f"{number:06d}"
    return WRITINGS[number % len(WRITINGS)].format(digits[:3], digits[3:])


def line(form: Form, planted: str, text: str) -> list[str]:
    """Return a row that is filled in by the contract, with the text in one column."""
    values = []
    for column in form.columns:
        if column.name == planted:
            values.append(text)
        elif column.type == "list":
            values.append(next(iter(column.values or CODES[column.list])))
        elif column.type in ("number", "integer"):
            values.append("1")
        else:
            values.append(_filled.get(column.type, "Nội dung" if column.required else ""))
    return values


def of_every_form(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Make a CSV and a workbook of each form: each column has a number, and long texts have it where they are cut."""
    for form in load_forms().values():
        header = [column.name for column in form.columns]
        rows = [line(form, column.name, f"Ông A, {written()}") for column in form.columns]
        rows += [line(form, column.name, card()) for column in form.columns]
        cut = "x" * (MAX_FOUND_CHARACTERS - 8)
        rows += [line(form, column.name, f"{cut} {card()}") for column in form.columns]
        rows += [line(form, column.name, f"{'x' * 72} {card()}") for column in form.columns]
        yield f"{form.code}.csv", write_csv(folder / "f.csv", [header, *rows]).read_bytes()
        title = [f"Đơn vị báo cáo: người có {written()}"], [f"Kỳ báo cáo: {card()}"]
        unknown = [*header, f"Số CCCD {card()}", f"{header[0]} {card()}"]
        yield (
            f"{form.code} {card()}.xlsx",
            write_xlsx(folder / "f.xlsx", [*title, unknown, *rows], f"CCCD {card()}").read_bytes(),
        )


def odd_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Make sheets whose names differ by the number alone, hidden sheets, files that are refused, and a panel."""
    book = openpyxl.Workbook()
    book.active.title = f"Hộ {card()}"
    for number, numerator in enumerate((3, 5)):
        sheet = book.create_sheet(f"Người {card()}")
        for row in (BC_HEADER, ("20", f"2026-0{number + 1}", "TTHC_DUNGHAN", numerator, 4, None, "")):
            sheet.append(row)
    book.create_sheet(f"Ẩn {card()}").append(["x"])
    book.worksheets[-1].sheet_state = "hidden"
    yield "sheets.xlsx", saved(book)
    yield f"{card()}.pdf", b"%PDF-1.7 " + card().encode()
    yield f"word {card()}.docx", b"PK\x03\x04" + card().encode()
    yield f"empty {card()}.csv", b""
    yield "no_form.csv", f"Họ tên,{card()}\nA,{card()}\n".encode()
    panel = openpyxl.Workbook()
    panel.active.title = "2016_PAPI"
    panel.active.append(["ProvinceCode", "ProvinceName", f"Số {card()}"])
    panel.active.append([card(), card(), card()])
    panel.create_sheet(card())
    yield f"panel {card()}.xlsx", saved(panel)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, bytes]]:
    """Collect all files with planted numbers, and return the data folder and the files."""
    folder = tmp_path_factory.mktemp("citizens")
    settings = Settings(folder / "data", fixed_as_of_date=AS_OF)
    files = dict([*of_every_form(folder), *odd_files(folder)])
    for name, content in files.items():
        drop(settings, name, content)
    assert collect(settings).files == len(files)
    return settings, files


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Return every text of a DuckDB file with its table and column."""
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns()"
            " where data_type = 'VARCHAR' and not internal and database_name = current_database()"
        ).fetchall()
        assert columns
        for schema, table, column in columns:
            for (text,) in connection.execute(f'select "{column}" from {schema}.{table}').fetchall():
                if text is not None:
                    yield f"{table}.{column}", text


def leaks(texts: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the texts that hold a planted number or the beginning of one, however it is written."""
    return sorted({(where, text) for where, text in texts if BARE_PLANTED.search(_SEPARATORS.sub("", text))})


def test_the_raw_store_has_no_number(sent: tuple[Settings, dict[str, bytes]]) -> None:
    settings, _ = sent
    with duckdb.connect(str(settings.raw_path), read_only=True) as connection:
        told = connection.execute("select distinct rule_code from raw.findings order by 1").fetchall()
    assert {"citizen_number_hidden", "citizen_number_as_code", "file_is_pdf", "file_empty"} <= {
        rule for (rule,) in told
    }
    assert leaks(texts_of(settings.raw_path)) == []


def test_no_reply_has_a_number_but_in_the_senders_own_cells(sent: tuple[Settings, dict[str, bytes]]) -> None:
    settings, files = sent
    replies = list(settings.returned_dir.iterdir())
    assert len(replies) == len(files)
    paths = list(settings.returned_dir.rglob("*"))
    assert [path.name for path in paths if "020095" in path.name] == []
    written = [path for path in paths if path.name in ("receipt.txt", "receipt.json")]
    assert len(written) == 2 * len(files)
    assert leaks((path.name, path.read_text(encoding="utf-8")) for path in written) == []
    ours = []
    for path in settings.returned_dir.rglob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        ours += [str(cell.value) for row in book[SUMMARY_SHEET].iter_rows() for cell in row]
        ours += [
            cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
        ]
    assert len(ours) > 100
    assert leaks(("workbook", text) for text in ours) == []


def test_a_sheet_named_by_a_number_is_marked_all_the_same(sent: tuple[Settings, dict[str, bytes]]) -> None:
    settings, _ = sent
    (path,) = settings.returned_dir.glob("*_sheets_*/sheets.xlsx")
    book = openpyxl.load_workbook(path)
    marked = [
        (sheet.title[:5], cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert marked == [("Người", "D2")]
    links = [
        cell.hyperlink.location for row in book[SUMMARY_SHEET].iter_rows() for cell in row if cell.hyperlink
    ]
    assert [PLANTED.sub("…", link) for link in links] == ["'Người …'!D2"]
    with duckdb.connect(str(settings.raw_path), read_only=True) as connection:
        names = connection.execute(
            "select distinct sheet from raw.submissions where sheet like 'Người%' order by 1"
        ).fetchall()
    assert names == [("Người (…)",), ("Người (…) 2",)]


def test_a_dry_run_says_no_number(sent: tuple[Settings, dict[str, bytes]]) -> None:
    settings, files = sent
    checks = dry_run([receive(name, content) for name, content in files.items()], settings)
    told = (
        (f"{check.parsed.file_name} {name}", str(text))
        for check in checks
        for finding in check.parsed.findings
        for name, text in finding.items()
    )
    assert leaks(told) == []
    assert leaks(("name", check.upload.file_name) for check in checks) == []


def test_a_release_has_no_number(sent: tuple[Settings, dict[str, bytes]]) -> None:
    settings, _ = sent
    with models_alone():
        build.build(settings)
        audit.audit(settings)
        publish.publish(settings)
    release = store.current(settings)
    assert release is not None
    assert leaks(texts_of(release.path)) == []
