"""The small sample, read back by the real intake, has the files and figures that it promises."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zipfile
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from tests.intake.file_kit import kept as kept_of_file
from warehouse.intake.reports.parsed import ParsedFile

Parsed = dict[str, ParsedFile]


def metadata(path: Path) -> dict[str, object]:
    return json.loads(path.with_name(f".{path.name}.meta.json").read_text(encoding="utf-8"))


def kept(parsed: Parsed, table: str) -> list[dict[str, object]]:
    return [row for file in parsed.values() for row in kept_of_file(file, table)]


def test_there_are_about_400_recent_workbooks_and_a_history_of_csv(small_sample) -> None:
    suffixes = Counter(path.suffix for path in small_sample.files)
    assert small_sample.file_count == len(small_sample.files) == sum(suffixes.values())
    assert 380 <= suffixes[".xlsx"] <= 430
    of_other_provinces = [path for path in small_sample.files if path.name.startswith("BC_cac-tinh_")]
    assert 70 <= len(of_other_provinces) <= 92, "at most two files for each of 46 periods"
    assert 300 <= suffixes[".csv"] - len(of_other_provinces) <= 500


def test_every_file_says_when_it_arrived_and_that_it_is_simulated(small_sample) -> None:
    assert small_sample.files
    for path in small_sample.files:
        facts = metadata(path)
        assert facts["file_name"] == path.name
        assert facts["source_kind"] == "sample"
        received_at = datetime.fromisoformat(str(facts["received_at"]))
        assert received_at.utcoffset() is not None
        assert received_at <= datetime(2026, 11, 20, tzinfo=UTC)
        if path.name == "published_figures.csv":
            assert facts["is_simulated"] is False
            continue
        assert facts["is_simulated"] is True
        assert "mô phỏng" in visible_text(path).lower(), path.name


def test_every_file_bears_the_notice_by_which_a_mended_copy_is_known(
    small_sample, parsed_sample: Parsed
) -> None:
    """Metadata does not come along when a copy is dropped into the inbox."""
    unmarked = {name for name, file in parsed_sample.items() if not file.is_simulated}
    broken = {path.name for path in small_sample.files if path.name.startswith("loi_")}
    assert len(broken) == 1, "a file that broke off cannot be read at all"
    assert unmarked == {"published_figures.csv", *broken}


def visible_text(path: Path) -> str:
    if path.suffix == ".csv":
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig").split("\n", 1)[0])
    if not zipfile.is_zipfile(path):
        return "mô phỏng (a file that broke off cannot say anything)"
    with zipfile.ZipFile(path) as book:
        text = book.read("xl/sharedStrings.xml").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def test_the_intake_understands_all_but_the_files_with_planted_faults(parsed_sample: Parsed) -> None:
    outcomes = defaultdict(list)
    for name, file in parsed_sample.items():
        outcomes[file.outcome, Path(name).suffix].append(name)
    assert len(outcomes["unreadable", ".xlsx"]) == 1
    assert ("unreadable", ".csv") not in outcomes
    faults = [re.search(r"_([a-z-]+)\.xlsx$", name)[1] for name in outcomes["returned", ".xlsx"]]
    assert sorted(faults) == [
        "chi-tieu-la",
        "chu-thay-so",
        "sai-don-vi",
        "tu-lon-hon-mau",
        "tu-lon-hon-mau",
    ]
    assert 5 <= len(outcomes["returned", ".csv"]) <= 40
    assert len(outcomes["accepted_with_warnings", ".csv"]) >= 20
    errors = {
        finding["rule_code"]
        for file in parsed_sample.values()
        for finding in file.findings
        if finding["severity"] == "error"
    }
    assert errors == {
        "file_damaged",
        "indicator_unknown",
        "list_value_unknown",
        "number_unreadable",
        "numerator_above_denominator",
        "unit_unknown",
    }


def test_a_faulty_unit_does_not_spoil_the_others_in_its_file(parsed_sample: Parsed) -> None:
    returned = [
        file
        for name, file in parsed_sample.items()
        if name.startswith("BC_") and name.endswith(".csv") and file.outcome == "returned"
    ]
    assert returned
    for file in returned:
        statuses = Counter(submission["status"] for submission in file.submissions)
        assert statuses["returned"] == 1
        assert len(file.submissions) == 1 or statuses.total() > statuses["returned"]


def test_the_sample_covers_the_units_and_periods_that_it_promises(parsed_sample: Parsed) -> None:
    rows = kept(parsed_sample, "bc_rows")
    assert 100_000 < len(rows) < 180_000
    units = {str(row["unit_key"]) for row in rows}
    levels = Counter(len(key.split("@")[0]) for key in units if "-" not in key.split("@")[0])
    assert {"20@0", "02@0", "08@0", "20@2025-07-01", "08@2025-07-01"} <= units
    # All communes and districts of the three provinces before the merger, all communes of the two after it.
    assert levels[3] == 29 + 1  # and district 753 of the published figures
    assert levels[5] == 194 + 193 + 136 + 65 + 124
    assert {"20-DUK@0", "20-DU-UBND@2025-02-01", "08-DU-UBND@2025-07-01"} <= units
    periods = {str(row["period_code"]) for row in rows}
    months = {f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)}
    assert periods & months == months - {"2026-11", "2026-12"}
    assert {"2024", "2025", "2024-Q1", "2025-6M", "2025-9M", "2026-9M", "2021-2025"} <= periods
    assert "2026" not in periods


def test_inspections_lead_to_conclusions_and_directives_to_plans(parsed_sample: Parsed) -> None:
    activities = {str(row["activity_code"]): row for row in kept(parsed_sample, "hd_rows")}
    visits = [row for row in activities.values() if row["activity_type"] in ("inspection", "supervision")]
    assert len(visits) > 80
    assert all(str(row["unit_key"]).startswith(("20@", "08@")) and row["subject_unit_code"] for row in visits)
    concluded = {str(row["activity_code"]) for row in kept(parsed_sample, "kn_rows") if row["activity_code"]}
    assert len(concluded) > 40
    assert {activities[code]["activity_type"] for code in concluded} == {"inspection", "supervision"}
    documents = kept(parsed_sample, "vb_rows")
    numbers = {(row["unit_key"], row["document_no"]) for row in documents}
    plans = [row for row in documents if row["document_origin"] == "own" and row["parent_document_no"]]
    assert {"plan", "programme"} == {row["document_kind"] for row in plans}
    assert all((row["unit_key"], row["parent_document_no"]) in numbers for row in plans)
    assert all(row["tasks_done"] <= row["task_count"] for row in plans)  # type: ignore[operator]


def test_a_file_is_sent_twice_and_reports_are_revised(small_sample, parsed_sample: Parsed) -> None:
    hashes = Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in small_sample.files)
    assert sorted(hashes.values())[-2:] == [1, 2]
    versions: dict[tuple[object, object], set[str]] = defaultdict(set)
    for name, file in parsed_sample.items():
        for submission in file.submissions:
            if submission["form"] == "BC" and submission["status"] != "returned":
                versions[submission["unit_key"], submission["period_code"]].add(name)
    assert sum(len(names) > 1 for names in versions.values()) >= 50


def test_some_units_are_late_and_some_are_silent(small_sample, parsed_sample: Parsed) -> None:
    october = {
        str(row["unit_key"]) for row in kept(parsed_sample, "bc_rows") if row["period_code"] == "2026-10"
    }
    assert 189 * 0.8 < sum(len(key.split("@")[0]) == 5 for key in october) < 189
    arrivals = {
        path.name: str(metadata(path)["received_at"])[:10]
        for path in small_sample.files
        if "2026-10" in path.name
    }
    assert 5 <= sum(day > "2026-11-10" for day in arrivals.values()) <= 60


def test_offices_write_in_their_own_ways(small_sample) -> None:
    csv_bytes = {path.name: path.read_bytes() for path in small_sample.files if path.suffix == ".csv"}
    texts = {name: content.decode("utf-8-sig") for name, content in csv_bytes.items()}
    assert any(content.startswith(b"\xef\xbb\xbf") for content in csv_bytes.values())
    assert any(";1.0" in text and ",0;" in text for text in texts.values())
    assert any(re.search(r"\d,\d\d%", text) for text in texts.values())
    assert any(unicodedata.is_normalized("NFD", text) for text in texts.values())
    assert any("Tổng cộng" in text for text in texts.values())
    assert any("unit_name" in text and "unit_code" not in text for text in texts.values())
    headers = {text.split("\n")[1].strip() for text in texts.values()}
    assert len(headers) >= 8


def test_some_workbooks_hide_a_sheet_or_begin_with_titles(small_sample) -> None:
    hidden = titled = 0
    for path in small_sample.files:
        if path.suffix != ".xlsx" or not zipfile.is_zipfile(path):
            continue
        with zipfile.ZipFile(path) as book:
            if b"B\xc3\xa1o c\xc3\xa1o" not in book.read("xl/workbook.xml"):
                continue
        sheets = openpyxl.load_workbook(path, read_only=True)
        hidden += any(sheet.sheet_state == "hidden" for sheet in sheets.worksheets)
        titled += 1
        if hidden and titled > 20:
            break
    assert hidden and titled > 20


def test_models_of_a_unit_add_up_to_what_it_reports(parsed_sample: Parsed) -> None:
    values = {
        (row["file_sha256"], row["unit_key"], row["period_code"], row["indicator_code"]): row["value"]
        for row in kept(parsed_sample, "bc_rows")
    }
    checked = 0
    for (file, unit, period, code), value in values.items():
        if code == "DVK_DK" and (file, unit, period, "DVK_DK_TT") in values:
            parts = (values[file, unit, period, "DVK_DK_TT"], values[file, unit, period, "DVK_DK_CN"])
            assert value == sum(parts)
            checked += 1
    assert checked > 1_000


def test_models_are_concrete_to_different_degrees_and_name_no_person(parsed_sample: Parsed) -> None:
    models = kept(parsed_sample, "dk_rows")
    assert 1_500 < len(models) < 3_500
    assert {row["field_code"] for row in models} == {"KT", "VHXH", "QPAN", "HTCT"}
    assert {row["phase"] for row in models} == {"2021-2025", "2026-2030"}
    filled = Counter(
        sum(row[name] is not None for name in ("measure", "baseline", "target", "due_date", "resources"))
        for row in models
    )
    assert filled.keys() == {0, 1, 2, 3, 4, 5}
    # The intake keeps a code, not a name, for individuals.
    individuals = [row for row in models if row["kind"] == "individual"]
    assert individuals
    assert all(str(row["holder_name"]).startswith("CN-") for row in individuals)


def test_cumulative_figures_fall_only_where_it_was_planted(parsed_sample: Parsed) -> None:
    figures: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for name, file in parsed_sample.items():
        if "sua-doi" in name:
            continue
        for row in kept_of_file(file):
            if row["indicator_code"] in ("KNTC_GQ", "DT_SO", "DT_KL") and str(row["unit_key"])[2] != "@":
                amount = row["value"] if row["denominator"] is None else row["denominator"]
                figures[str(row["unit_key"]), str(row["indicator_code"])][str(row["period_code"])] = amount
    order = ("2026-Q1", "2026-6M", "2026-9M")
    falling = set()
    for key, by_period in figures.items():
        known = [by_period[period] for period in order if by_period.get(period) is not None]
        if known != sorted(known):
            falling.add(key)
    assert ("05986@2025-07-01", "KNTC_GQ") in falling
    assert falling <= {("05986@2025-07-01", "KNTC_GQ"), ("00715@2025-07-01", "DT_SO")}


def test_published_figures_are_kept_as_published(parsed_sample: Parsed) -> None:
    file = parsed_sample["published_figures.csv"]
    assert file.outcome in ("accepted", "accepted_with_warnings")
    figures = {
        (row["unit_key"], row["period_code"], row["indicator_code"]): (
            row["numerator"],
            row["denominator"],
            row["value"],
        )
        for row in kept_of_file(file)
    }
    assert figures["68@0", "2023", "KNTC_GQ"][:2] == (274 + 105, 359 + 122)
    assert figures["68@0", "2023", "KN_GQ"][:2] == (274, 359)
    assert figures["68@0", "2023", "TC_GQ"][:2] == (105, 122)
    assert figures["77@0", "2021", "DVK_DK"][2] == 2071
    assert figures["77@0", "2021", "DVK_CN"][:2] == (1808, 2071)
    assert figures["77@0", "2020", "DVK_DK"][2] == 2071 - 276
    assert [figures["20-DUK@0", "2017-2020", code][2] for code in ("DVK_DK_TT", "DVK_DK_CN", "DVK_DK")] == [
        26,
        24,
        50,
    ]
    assert [figures["753@0", "2023", code][2] for code in ("DVK_DK_TT", "DVK_DK_CN", "DVK_DK")] == [
        147,
        54,
        201,
    ]
    awards = {"DVK_KT_TT_TU": 1, "DVK_KT_CN_TU": 1, "DVK_KT_TT_DU": 9, "DVK_KT_CN_DU": 2, "DVK_CS": 15}
    assert {code: figures["20-DUK@0", "2017-2020", code][2] for code in awards} == awards
    assert len(figures) == 12 + len(awards)
    assert all(row["note"] for row in kept_of_file(file))


def test_the_other_forms_tell_of_the_same_units(parsed_sample: Parsed) -> None:
    """Progress of the models that were registered; activities, documents, follow-up and ratings since July 2025."""
    models = {(row["unit_key"], row["model_code"]) for row in kept(parsed_sample, "dk_rows")}
    codes = {code for _, code in models}
    events = kept(parsed_sample, "td_rows")
    assert sum(row["model_code"] in codes for row in events) / len(events) > 0.95
    known = {row["model_code"] for row in events}
    assert 0.5 < len(known) / len(codes) < 0.9
    assert {row["event"] for row in events} == {
        *(f"step_{number}" for number in range(1, 6)),
        *("inspected", "assessed", "recognised", "awarded", "replicated", "stopped"),
    }
    reporting = {row["unit_key"] for row in kept(parsed_sample, "bc_rows")}
    for table, least in (("hd_rows", 5000), ("vb_rows", 2000), ("kn_rows", 200), ("tx_rows", 5000)):
        rows = kept(parsed_sample, table)
        assert len(rows) > least, table
        assert {row["unit_key"] for row in rows} <= reporting, table
        assert min(str(row["period_code"]) for row in rows) == "2025-07", table
    # A planned activity is sent first, and again under the same code when it was held.
    latest = {row["activity_code"]: row for row in kept(parsed_sample, "hd_rows")}
    due = [row for row in latest.values() if str(row["planned_date"]) < "2026-10-25"]
    assert 0.8 < sum(row["activity_date"] is not None for row in due) / len(due) < 0.98
    states = Counter(row["status"] for row in kept(parsed_sample, "kn_rows"))
    assert min(states["open"], states["in_progress"], states["closed"]) > 20


def test_planned_activities_lie_ahead_and_some_commitments_are_late(parsed_sample: Parsed) -> None:
    planned = {str(row["planned_date"])[:7] for row in kept(parsed_sample, "hd_rows")}
    assert {"2026-11", "2026-12"} <= planned
    latest = {}
    for row in kept(parsed_sample, "kn_rows"):
        latest[row["item_code"]] = row
    closed = [row for row in latest.values() if row["status"] == "closed"]
    assert any(row["closed_date"] > row["due_date"] for row in closed)
    assert any(row["closed_date"] <= row["due_date"] for row in closed)
