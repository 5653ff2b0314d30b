"""True figures, from the file that brought them to the dashboard's table: pinned, since an expert verified them.

Sources: press reports named in the notes of `warehouse/sample/published_figures.csv`; PAPI 2011–2016 (CECODES, VFF-CRT,
RTA, UNDP), its workbook read here by openpyxl; average populations of the General Statistics Office, read here from its
own file.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from tests.intake.history.ledger_kit import collect
from tests.release.conftest import models_alone
from warehouse.release import audit, build, publish, reader, store
from warehouse.sample import PUBLISHED_FIGURES
from warehouse.settings import PROJECT_DIR, Settings

SHARED = PROJECT_DIR.parent / "shared" / "real"
PAPI = SHARED / "papi" / "PAPI_2011-2016.xlsx"
POPULATIONS = SHARED / "gso" / "population_by_province.csv"
needs_papi = pytest.mark.skipif(
    not PAPI.exists(), reason="needs the real PAPI workbook in ../shared/real/papi"
)
Rows = Callable[..., list[tuple]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Return a function that queries a release of the published figures and, if present, the PAPI workbook."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("published"), fixed_as_of_date=date(2026, 11, 20))
    settings.inbox_dir.mkdir(parents=True)
    shutil.copyfile(PUBLISHED_FIGURES, settings.inbox_dir / PUBLISHED_FIGURES.name)
    if PAPI.exists():
        shutil.copyfile(PAPI, settings.inbox_dir / PAPI.name)
    collect(settings)
    with models_alone():
        build.build(settings)
    audit.audit(settings)
    publish.publish(settings)
    release = store.current(settings)
    assert release is not None

    def query(sql: str, **parameters: object) -> list[tuple]:
        frame = reader.query(release, sql, parameters)
        return [tuple(row) for row in frame.itertuples(index=False)]

    return query


def series(rows: Rows, lens: str, unit_key: str, indicator: str, period: str) -> dict[str, object]:
    """Return the one row of rpt_indicator_series."""
    columns = (
        "unit_name, numerator, denominator, value, verdict, target_value, reporting_units, expected_units, coverage_ratio,"
        " is_estimated, is_simulated, change"
    )
    found = rows(
        f"select {columns} from marts.rpt_indicator_series where lens = $lens and unit_key = $unit and"
        " indicator_code = $indicator and period_code = $period",
        lens=lens,
        unit=unit_key,
        indicator=indicator,
        period=period,
    )
    assert len(found) == 1, found
    return dict(zip(columns.replace(" ", "").split(","), found[0], strict=True))


def test_no_published_figure_is_simulated_and_no_file_is_returned(rows: Rows) -> None:
    assert rows("select count(*) from marts.fct_submissions where is_simulated or status = 'returned'") == [
        (0,)
    ]
    assert rows("select count(*) from marts.dim_targets where is_simulated") == [(0,)]


def test_lam_dong_2023_settled_379_of_481_and_had_no_target(rows: Rows) -> None:
    """Complaints 274 of 359 and denunciations 105 of 122."""
    assert (11 + 10 + 74 + 179) + (9 + 15 + 11 + 70) == 379
    found = series(rows, "as_reported", "68@0", "KNTC_GQ", "2023")
    assert (found["numerator"], found["denominator"]) == (379, 359 + 122)
    assert round(float(str(found["value"])), 1) == 78.8
    assert found["verdict"] == "no_target"
    today = series(rows, "current_boundaries", "68@2025-07-01", "KNTC_GQ", "2023")
    assert (today["numerator"], today["denominator"], today["verdict"]) == (379, 481, "no_target")
    assert (today["reporting_units"], today["expected_units"]) == (1, 3)


def test_ba_ria_vung_tau_is_a_third_of_ho_chi_minh_city_today(rows: Rows) -> None:
    then = series(rows, "as_reported", "77@0", "DVK_DK", "2021")
    assert (then["unit_name"], then["value"], then["change"]) == ("Tỉnh Bà Rịa - Vũng Tàu", 2071, 276)
    today = series(rows, "current_boundaries", "79@2025-07-01", "DVK_DK", "2021")
    assert (today["unit_name"], today["value"]) == ("Thành phố Hồ Chí Minh", 2071)
    assert (today["reporting_units"], today["expected_units"]) == (1, 3)
    assert today["coverage_ratio"] == pytest.approx(1 / 3)
    assert today["is_estimated"] is False
    effective = series(rows, "current_boundaries", "79@2025-07-01", "DVK_CN", "2021")
    assert (effective["numerator"], effective["denominator"]) == (1808, 2071)


def test_the_bloc_of_agencies_of_lang_son_registered_26_and_24_in_2017_2020(rows: Rows) -> None:
    bloc = "20-DUK@0"
    assert series(rows, "as_reported", bloc, "DVK_DK_TT", "2017-2020")["value"] == 26
    assert series(rows, "as_reported", bloc, "DVK_DK_CN", "2017-2020")["value"] == 24
    assert series(rows, "as_reported", bloc, "DVK_DK", "2017-2020")["value"] == 26 + 24
    province = series(rows, "current_boundaries", "20@2025-07-01", "DVK_DK", "2017-2020")
    assert (province["value"], province["reporting_units"], province["is_estimated"]) == (50, 1, False)


def test_the_blocs_awards_are_published_by_level_and_reach_the_provincial_committee(rows: Rows) -> None:
    """Fifteen units with registrations; awards 1 and 1 by the provincial commission, 9 and 2 by the bloc's committee."""
    published = {
        "DVK_CS": 15,
        "DVK_DK": 26 + 24,
        "DVK_DK_TT": 26,
        "DVK_DK_CN": 24,
        "DVK_KT_TT_TU": 1,
        "DVK_KT_CN_TU": 1,
        "DVK_KT_TT_DU": 9,
        "DVK_KT_CN_DU": 2,
    }
    for code, value in published.items():
        found = series(rows, "as_reported", "20-DUK@0", code, "2017-2020")
        assert (found["value"], found["is_simulated"]) == (value, False), code
    for unit, is_own in (("20-DUK@0", True), ("20-TU@0", False)):
        totals = rows(
            "select indicator_code, value, is_own, reporting_units, expected_units, is_simulated from marts.rpt_party_totals"
            " where unit_key = $unit and period_code = '2017-2020' order by indicator_code",
            unit=unit,
        )
        assert totals == [(code, value, is_own, 1, 1, False) for code, value in sorted(published.items())]


def test_base_committees_stood_in_the_bloc_of_agencies_until_january_2025(rows: Rows) -> None:
    found = rows(
        "select hierarchy, parent_unit_name, valid_from, valid_to from marts.dim_unit_parents"
        " where unit_key like '20-CS-SNV@%' order by hierarchy, valid_from nulls first"
    )
    days = [(row[0], row[1], *(str(day)[:10] for day in row[2:])) for row in found]
    assert days == [
        ("party", "Đảng ủy Khối các cơ quan tỉnh Lạng Sơn", "NaT", "2025-01-31"),
        ("party", "Đảng ủy UBND tỉnh Lạng Sơn", "2025-02-01", "2025-06-30"),
        ("party", "Đảng ủy UBND tỉnh Lạng Sơn", "2025-07-01", "NaT"),
        ("state", "Sở Nội vụ tỉnh Lạng Sơn", "NaT", "2025-06-30"),
        ("state", "Sở Nội vụ tỉnh Lạng Sơn", "2025-07-01", "NaT"),
    ]


def test_dat_do_2023_is_placed_at_province_level_today(rows: Rows) -> None:
    assert series(rows, "as_reported", "753@0", "DVK_DK", "2023")["value"] == 147 + 54
    names = "select distinct unit_name from marts.rpt_indicator_series where unit_key like '753@%'"
    assert rows(names) == [("Huyện Đất Đỏ",)], "Long Đất is younger than the figure"
    assert series(rows, "current_boundaries", "79@2025-07-01", "DVK_DK", "2023")["value"] == 201
    assert not rows(
        "select 1 from marts.rpt_indicator_series where lens = 'current_boundaries' and level = 'district'"
    )


def test_a_figure_leads_to_its_cell(rows: Rows) -> None:
    found = rows(
        "select s.file_name, v.cell, v.known_to from marts.fct_indicator_values v join marts.fct_submissions s using"
        " (submission_id) where v.unit_key = '68@0' and v.indicator_code = 'KNTC_GQ'"
    )
    assert len(found) == 1
    with PUBLISHED_FIGURES.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    file_name, cell, _ = found[0]
    column, line = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    assert file_name == PUBLISHED_FIGURES.name
    assert lines[line][column] == "379"


@cache
def papi_cell(year: int, province: str, heading: str) -> float:
    """Return one score, read from the workbook by its English headings."""
    book = openpyxl.load_workbook(PAPI, read_only=True, data_only=True)
    sheet = list(book[f"{year}_PAPI"].iter_rows(values_only=True))
    column = sheet[0].index(heading)
    return float(next(row[column] for row in sheet[2:] if row[2] == province))


@cache
def population(year: int, province: str) -> float:
    """Return the average population in thousands, from the statistics office's file."""
    lines = POPULATIONS.read_text(encoding="utf-8-sig").splitlines()
    table = list(csv.reader(lines[2:], delimiter=";"))
    column = next(
        i for i, name in enumerate(table[0]) if name.startswith("Total ") and name.endswith(str(year))
    )
    return float(next(row[column] for row in table if row and row[0].strip() == province))


@needs_papi
@pytest.mark.shared
@pytest.mark.parametrize(
    ("year", "measure", "heading"),
    [
        (2011, "PAPI_TRANSPARENCY", "Transparency"),
        (2016, "PAPI_TRANSPARENCY", "Transparency"),
        (2016, "PAPI_CITIZEN_RESPONSES", "Responsive to Citizen Actions"),
    ],
)
def test_papi_on_todays_provinces_is_the_mean_by_population(
    rows: Rows, year: int, measure: str, heading: str
) -> None:
    today = series(rows, "current_boundaries", "08@2025-07-01", measure, str(year))
    parts = [("Hà Giang", "Ha Giang"), ("Tuyên Quang", "Tuyen Quang")]
    weights = [population(year, plain) for _, plain in parts]
    scores = [papi_cell(year, name, heading) for name, _ in parts]
    expected = sum(w * s for w, s in zip(weights, scores, strict=True)) / sum(weights)
    assert today["value"] == pytest.approx(expected, abs=1e-9)
    assert today["is_estimated"] is True
    reported = series(rows, "as_reported", "02@0", measure, str(year))
    assert reported["value"] == pytest.approx(scores[0])
    assert reported["is_estimated"] is False


@needs_papi
@pytest.mark.shared
def test_papi_shows_63_provinces_then_and_34_today_with_all_measures(rows: Rows) -> None:
    found = rows(
        "select lens, count(distinct unit_key), count(distinct indicator_code), count(distinct period_code)"
        " from marts.rpt_indicator_series where level = 'province' and indicator_code like 'PAPI_%' group by lens order by lens"
    )
    assert found == [
        ("as_reported", 63, 30, 6),
        ("current_boundaries", 34, 30, 6),
        ("unchanged_units", 11, 30, 6),
    ]


@needs_papi
@pytest.mark.shared
def test_a_province_that_stands_alone_today_is_no_estimate(rows: Rows) -> None:
    today = series(rows, "current_boundaries", "20@2025-07-01", "PAPI_TRANSPARENCY", "2016")
    assert today["value"] == pytest.approx(papi_cell(2016, "Lạng Sơn", "Transparency"))
    assert today["is_estimated"] is False


def test_complaints_and_denunciations_of_lam_dong_add_up_to_the_published_whole(rows: Rows) -> None:
    """Lâm Đồng 2023: 274 of 359 complaints and 105 of 122 denunciations, together 379 of 481."""
    found = rows(
        "select indicator_code, numerator, denominator from marts.fct_indicator_values"
        " where unit_key = '68@0' and period_code = '2023' order by indicator_code"
    )
    assert found == [("KNTC_GQ", 379, 481), ("KN_GQ", 274, 359), ("TC_GQ", 105, 122)]
    asked = "select count(*) from marts.rpt_plausibility_flags where rule_code = 'components_do_not_sum'"
    assert rows(asked) == [(0,)]


def test_a_published_figure_makes_nobody_owe_reports(rows: Rows) -> None:
    """The provinces of the press reports take no part: nothing of theirs is missing."""
    assert rows("select count(*) from marts.rpt_obligations") == [(0,)]


def test_the_file_of_published_figures_names_its_source_in_each_row() -> None:
    with Path(PUBLISHED_FIGURES).open(encoding="utf-8", newline="") as stream:
        notes = [row["note"] for row in csv.DictReader(line for line in stream if not line.startswith("#"))]
    assert notes
    assert all(notes)
