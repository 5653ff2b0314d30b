"""Every format and encoding gives the same figures; a file that cannot be read gets a reason."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.file_kit import (
    BC_HEADER,
    BC_HEADINGS_VI,
    SHARED_DIR,
    context,
    kept,
    parse,
    rules,
    write_csv,
    write_xlsx,
)
from warehouse.intake.files import faults_ods as cell_faults_ods
from warehouse.intake.files.csv_text import decode
from warehouse.intake.files.grids import TEMPLATE_LISTS_SHEET
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.panels.mapping import recognise
from warehouse.intake.reply.annotate import annotate
from warehouse.templates.workbook import LISTS_SHEET, make_template

ROWS = [BC_HEADINGS_VI, ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", "đã rà soát"]]


def assert_understood(path: Path) -> None:
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept(parsed)
    assert (row["unit_key"], row["numerator"], row["value"], row["note"]) == (
        "20@2025-07-01",
        49,
        98,
        "đã rà soát",
    )


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_in_each_encoding_and_delimiter_gives_the_figures(
    tmp_path: Path, encoding: str, mark: bytes, delimiter: str
) -> None:
    path = write_csv(tmp_path / "bc.csv", ROWS, encoding, delimiter)
    path.write_bytes(mark + path.read_bytes())
    assert_understood(path)


def in_windows_1258(text: str) -> bytes:
    """The code page has letters and combining tones apart; Python writes it from text taken apart that far."""
    parts = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        kept = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        parts.append(kept + "".join(tones))
    return "".join(parts).encode("cp1258")


def test_a_csv_in_windows_1258_gives_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "bc.csv"
    path.write_bytes(in_windows_1258("\n".join(";".join(row) for row in ROWS)))
    assert_understood(path)


@settings(deadline=None)
@given(st.text("ăâđêôơưàáảãạằắẳẵặầấẩẫậềếểễệìíỉĩịồốổỗộờớởỡợừứửữựỳýỷỹỵaeiouybnt ,;ĂÂĐÊÔƠƯ", min_size=1))
def test_any_vietnamese_text_in_windows_1258_comes_back(text: str) -> None:
    content = in_windows_1258(f"{text};Ề")
    assert unicodedata.normalize("NFC", decode(content)) == f"{text};Ề"


@pytest.mark.parametrize(
    "note",
    ["hå s¬ cña huyÖn ®· gi¶i quyÕt xong", "hoà sô ñaõ giaûi quyeát xong ôû huyeän"],
    ids=["TCVN3", "VNI"],
)
def test_a_csv_in_an_older_code_page_is_not_guessed_at(tmp_path: Path, note: str) -> None:
    """The bytes of an older code page are other letters of Windows-1258, and a CSV has no font that tells which."""
    path = tmp_path / "bc.csv"
    rows = [BC_HEADER, ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", note]]
    path.write_bytes("\n".join(";".join(row) for row in rows).encode("latin-1"))
    assert rules(parse(path)) == ["file_encoding_unknown"]


def test_a_comment_line_says_the_form(tmp_path: Path) -> None:
    path = tmp_path / "bc.csv"
    path.write_text("# form=BC\n# ghi chú\n" + "\n".join(",".join(row) for row in ROWS), encoding="utf-8")
    assert_understood(path)
    assert kept(parse(path))[0]["cell"] == "D4"


def test_an_xlsx_gives_the_figures(tmp_path: Path) -> None:
    assert_understood(write_xlsx(tmp_path / "bc.xlsx", ROWS))


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    assert_understood(write_xlsx(tmp_path / "báo cáo.csv", ROWS))


def test_an_ods_gives_the_figures(tmp_path: Path) -> None:
    """A hand-made OpenDocument sheet has only the parts that the format requires."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="BC">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    path = tmp_path / "bc.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    assert_understood(path)


def ods(path: Path, sheets: str) -> Path:
    """Return a hand-made OpenDocument file of the given sheets with the parts that the format requires."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:automatic-styles>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
        f"{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(cells: list[str], more: str = "") -> str:
    """Return a row as LibreOffice writes it; a cell that begins with # shows an error and has an empty value."""
    told = "".join(
        f'<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        if cell.startswith("#")
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
        for cell in cells
    )
    return f"<table:table-row{more}>{told}</table:table-row>"


def test_hidden_rows_and_columns_of_an_ods_are_reported(tmp_path: Path) -> None:
    second = ["08", "2026-10", "TTHC_DUNGHAN", "9", "10", "", ""]
    third = ["79", "2026-10", "TTHC_DUNGHAN", "9", "10", "", ""]
    shown = (
        '<table:table-column table:number-columns-repeated="4"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + ods_row(ROWS[0])
        + ods_row(ROWS[1])
        + ods_row(second, ' table:visibility="collapse"')
        + ods_row(third, ' table:visibility="filter"')
        + '<table:table-row table:visibility="collapse" table:number-rows-repeated="9999999"><table:table-cell/>'
        "</table:table-row>"
    )
    old = f'<table:table table:name="Cũ" table:style-name="ta2">{ods_row(ROWS[0])}{ods_row(ROWS[1])}</table:table>'
    path = ods(tmp_path / "bc.ods", f'<table:table table:name="BC &amp; B">{shown}</table:table>{old}')
    parsed = parse(path)
    told = {finding["rule_code"]: finding["found_value"] for finding in parsed.findings}
    assert told["rows_hidden"] == "5, 6"
    assert told["columns_hidden"] == "E, F"
    assert told["sheets_hidden"] == "Cũ"
    assert len(kept(parsed)) == 3


def test_error_cells_of_an_ods_are_no_blanks(tmp_path: Path) -> None:
    rows = [
        ROWS[0],
        ["20", "2026-10", "TG_VUVIEC", "", "", "#DIV/0!", ""],
        ["20", "2026-10", "KNTC_GQ", "#N/A", "10", "", ""],
    ]
    sheet = "".join(map(ods_row, rows))
    parsed = parse(ods(tmp_path / "bc.ods", f'<table:table table:name="BC">{sheet}</table:table>'))
    found = {
        finding["cell"]: finding["rule_code"] for finding in parsed.findings if finding["severity"] == "error"
    }
    assert found["F2"] == "number_error_value" and found["D3"] == "number_error_value"


def test_a_formula_of_an_ods_that_was_never_calculated_is_asked_about(tmp_path: Path) -> None:
    """Programs that do not calculate write no result; a formula whose result is an empty text is a blank."""
    formula = '<table:table-cell table:formula="of:=[.D9]"{result}/>'
    cells = {
        "UNCALCULATED": formula.format(result=""),
        "TYPE ALONE": formula.format(result=' office:value-type="float"'),
        "CALCULATED": formula.format(result=' office:value-type="float" office:value="49"'),
        "EMPTY TEXT": formula.format(result=' office:value-type="string" office:string-value=""'),
    }
    rows = [
        ROWS[0],
        ["20", "2026-09", "TTHC_DUNGHAN", "UNCALCULATED", "50", "", ""],
        ["20", "2026-08", "TTHC_DUNGHAN", "TYPE ALONE", "50", "", ""],
        ["20", "2026-07", "TTHC_DUNGHAN", "CALCULATED", "50", "EMPTY TEXT", "EMPTY TEXT"],
    ]
    sheet = "".join(map(ods_row, rows))
    for name, tag in cells.items():
        written = f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        sheet = sheet.replace(written, tag)
    parsed = parse(ods(tmp_path / "bc.ods", f'<table:table table:name="BC">{sheet}</table:table>'))
    asked = {
        finding["cell"]: finding["rule_code"] for finding in parsed.findings if finding["severity"] == "error"
    }
    assert asked == {"D2": "number_not_calculated", "D3": "number_not_calculated"}
    assert [(row["numerator"], row["denominator"]) for row in kept(parsed)] == [(49.0, 50.0)]


def test_tags_of_an_ods_that_stand_for_millions_cost_nothing(tmp_path: Path) -> None:
    hidden = '<table:table-row table:visibility="collapse" table:number-rows-repeated="9999999"/>' * 50
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    path = ods(tmp_path / "bc.ods", f'<table:table table:name="BC">{hidden}</table:table>')
    with zipfile.ZipFile(path) as archive:
        notes = cell_faults_ods.in_ods(archive)
        content = archive.read("content.xml").decode()
    assert max(notes["BC"].hidden_rows) < 1 << 20
    path.write_bytes(b"")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", bomb + content.replace('"BC"', '"&b;&b;"'))
    with zipfile.ZipFile(path) as archive:
        assert set(cell_faults_ods.in_ods(archive)) == {"&b;&b;"}, "nothing is expanded"


def test_error_cells_and_uncalculated_formulas_are_no_blanks(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (
        BC_HEADER,
        ["20", "2026-10", "TTHC_DUNGHAN", 49, 50, "=D2/E2*100"],
        ["20", "2026-10", "KK_DONGNGUOI", None, None, "=1+2"],
        ["20", "2026-10", "TG_VUVIEC", None, None, "#REF!"],
        ["20", "2026-10", "NTT_XL", "=A1", 3, None],
        ["20", "2026-10", "BC_DUNGHAN", None, None, "=D6/E6"],
    ):
        workbook.active.append(row)
    workbook.active["F4"].data_type = "e"
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    found = {
        finding["cell"]: finding["rule_code"] for finding in parsed.findings if finding["severity"] == "error"
    }
    assert found == {"F3": "number_not_calculated", "F4": "number_error_value", "D5": "number_not_calculated"}


OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zip_of(*names: str, **parts: str) -> bytes:
    """Return an archive of parts that hold next to nothing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in (*parts.items(), *((name, "<x/>") for name in names)):
            archive.writestr(name, text)
    return stream.getvalue()


def misread(text: str) -> bytes:
    """Return UTF-8 that was opened as Windows-1252, whose undefined bytes were lost, and saved as UTF-8."""
    return text.encode().decode("cp1252", errors="ignore").encode()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file_empty"),
        (b"  \n", "file_empty"),
        (b"%PDF-1.7 ...", "file_is_pdf"),
        (b"PK\x03\x04 not really", "file_damaged"),
        (b"\xd0\xcf\x11\xe0 not really", "file_damaged"),
        (b"\x00\x01\x02\x03" * 20, "file_not_a_table"),
        ("Kính gửi: Ban Dân vận Tỉnh ủy".encode(), "form_not_recognised"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file_is_web_page"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n<html>",
            "file_is_web_page",
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "file_is_xml",
        ),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file_is_photo"),
        (b"\x89PNG\r\n\x1a\n....", "file_is_photo"),
        (b"\x00\x00\x00\x18ftypheic....", "file_is_photo"),
        (b"Rar!\x1a\x07\x01\x00", "file_is_archive"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "file_is_archive"),
        (b"PK\x05\x06" + bytes(18), "file_is_archive"),
        (zip_of("bc.xlsx"), "file_is_archive"),
        (zip_of("[Content_Types].xml", "word/document.xml"), "file_is_word"),
        (zip_of("[Content_Types].xml", "ppt/presentation.xml"), "file_is_presentation"),
        (zip_of("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "file_is_word"),
        (OLE_START + "WordDocument".encode("utf-16-le"), "file_is_word"),
        (OLE_START + "PowerPoint Document".encode("utf-16-le"), "file_is_presentation"),
        (OLE_START + "__substg1.0_001A001F".encode("utf-16-le"), "file_is_email"),
        (OLE_START + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (b"{\\rtf1 bao cao}", "file_is_word"),
        (misread("Mã đơn vị,Kỳ báo cáo,Mã chỉ tiêu\n20,2026-10,TTHC_DUNGHAN\n"), "file_wrong_code_page"),
    ],
)
def test_unreadable_files_say_why(tmp_path: Path, content: bytes, rule: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    parsed = parse(path)
    assert parsed.outcome == "unreadable"
    assert [finding["rule_code"] for finding in parsed.findings] == [rule]
    (submission,) = parsed.submissions
    assert (submission["form"], submission["unit_key"], submission["period_code"]) == (None, None, None)
    assert submission["status"] == "returned"
    assert annotate(path, parsed, tmp_path / "out.xlsx").exists()


def test_macros_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bc.xlsm", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert rules(parse(path)) == ["file_has_macros"]


def test_an_encrypted_workbook_is_refused_with_the_reason(tmp_path: Path) -> None:
    """An encrypted .xlsx is an OLE file; without its parts it is reported as damaged and never a crash."""
    path = tmp_path / "bc.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096)
    assert rules(parse(path)) in (["file_encrypted"], ["file_damaged"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=5),
    length=st.floats(0.01, 1),
)
def test_a_workbook_with_broken_bytes_never_raises(
    tmp_path: Path, changes: list[tuple[float, int]], length: float
) -> None:
    content = bytearray(write_xlsx(tmp_path / "bc.xlsx", ROWS).read_bytes())
    for place, byte in changes:
        content[4 + int(place * (len(content) - 5))] = byte
    path = tmp_path / "broken.xlsx"
    path.write_bytes(bytes(content[: max(10, int(length * len(content)))]))
    parsed = parse(path)
    for row in kept(parsed):
        assert (row["numerator"], row["denominator"]) == (49, 50)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_give_a_result(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.bin"
    path.write_bytes(content)
    parsed = parse(path)
    assert parsed.outcome == "unreadable"
    assert len(parsed.submissions) == 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_DIR.exists(), reason="needs the real files in ../shared")
def test_real_files_of_others_are_read_or_refused_without_a_crash(tmp_path: Path) -> None:
    paths = [path for path in (SHARED_DIR / "real").rglob("*.*") if path.is_file()]
    assert paths
    panels = [path for path in paths if recognise(SentFile(path), path.name)]
    assert 0 < len(panels) < len(paths)
    for path in paths:
        parsed = parse(path)
        found = {finding["rule_code"].partition("_")[0] for finding in parsed.findings}
        assert found == {"panel" if path in panels else "form"}
        assert path in panels or rules(parsed) == ["form_not_recognised"]
        assert annotate(path, parsed, tmp_path / path.name).exists()


def test_hidden_sheets_are_not_read_but_reported(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in ROWS:
        workbook.active.append(row)
    hidden = workbook.create_sheet("cũ")
    for row in [ROWS[0], ["20", "2026-10", "TTHC_DUNGHAN", "1", "50", "", ""]]:
        hidden.append(row)
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    path = tmp_path / "bc.xlsx"
    path.write_bytes(buffer.getvalue())
    assert_understood(path)
    parsed = parse(path)
    assert rules(parsed, "info") == ["sheets_hidden"]
    assert parsed.findings[0]["found_value"] == "cũ"


def test_the_hidden_sheet_of_the_template_is_not_reported(tmp_path: Path) -> None:
    assert TEMPLATE_LISTS_SHEET == LISTS_SHEET
    path = tmp_path / "template.xlsx"
    make_template(("BC",), "20@2025-07-01", "2026-10", path, context().reference)
    assert "sheets_hidden" not in rules(parse(path), "error", "warning", "info")


def test_hidden_rows_are_read_and_reported(tmp_path: Path) -> None:
    """A filter hides rows that count; a forgotten row is hidden too. Which it is, the sender is asked."""
    workbook = openpyxl.Workbook()
    for row in [*ROWS, ["20", "2026-10", "BC_DUNGHAN", 9, 10, None, None]]:
        workbook.active.append(row)
    workbook.active.row_dimensions[3].hidden = True
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    assert rules(parsed, "warning") == ["rows_hidden"]
    assert parsed.findings[0]["found_value"] == "3"
    assert [row["indicator_code"] for row in kept(parsed)] == ["TTHC_DUNGHAN", "BC_DUNGHAN"]


def test_xml_with_a_prefix_hides_no_error_cell(tmp_path: Path) -> None:
    """Libraries such as ClosedXML write `<x:c>`; an error cell in it must not pass for a blank."""
    row = ["20", "2026-10", "KK_DONGNGUOI", None, None, "#REF!"]
    plain = write_xlsx(tmp_path / "plain.xlsx", [BC_HEADER, row])
    path = tmp_path / "bc.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            xml = source.read(name)
            if name.startswith("xl/worksheets/"):
                xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")
            target.writestr(name, xml)
    assert rules(parse(path)) == ["number_error_value"]


def test_formulas_with_stored_values_are_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "bc.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, BC_HEADER)
        sheet.write_row(1, 0, ["20", "2026-10", "TTHC_DUNGHAN"])
        sheet.write_formula("D2", "=40+9", None, 49)
        sheet.write_formula("E2", "=SUM(20,30)", None, 50)
    assert [(row["numerator"], row["denominator"]) for row in kept(parse(tmp_path / "bc.xlsx"))] == [(49, 50)]


def test_text_with_lost_letters_is_kept_and_reported(tmp_path: Path) -> None:
    """A note is no figure: it stays, and the sender is told. An escape names its letter and is mended."""
    rows = [
        BC_HEADER,
        ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", "đã r\ufffd soát"],
        ["20", "2026-10", "BC_DUNGHAN", "9", "10", "", "L<U+1EA1>ng Sơn"],
    ]
    parsed = parse(write_csv(tmp_path / "bc.csv", rows))
    assert rules(parsed) == ["text_lost_letters"]
    assert [row["note"] for row in kept(parsed)] == ["đã r\ufffd soát", "Lạng Sơn"]


def test_a_note_that_was_read_in_a_wrong_code_page_is_kept_and_reported(tmp_path: Path) -> None:
    note = "đã rà soát".encode().decode("cp1252")
    parsed = parse(
        write_csv(tmp_path / "bc.csv", [BC_HEADER, ["20", "2026-10", "KK_DONGNGUOI", "", "", "2", note]])
    )
    assert rules(parsed) == ["text_misread"]
    assert parsed.findings[0]["suggested_value"] == "đã rà soát"


@pytest.mark.parametrize("note", ["ĐÃ RÀ SOÁT", "quá… ít “lá”", "Ã – Æ"])
def test_odd_letters_alone_are_not_taken_for_a_wrong_code_page(tmp_path: Path, note: str) -> None:
    parsed = parse(
        write_csv(tmp_path / "bc.csv", [BC_HEADER, ["20", "2026-10", "KK_DONGNGUOI", "", "", "2", note]])
    )
    assert rules(parsed) == []
