"""The catalogue finds by Vietnamese words without marks, leads from a table to its columns, and gives the dictionary away."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

from dashboard.app_pages.catalogue import search, sentences
from dashboard.app_pages.catalogue import tables as catalogue_tables
from dashboard.language.texts import language
from tests.dashboard import test_browser
from tests.dashboard.page_kit import said
from tests.dashboard.test_browser import NARROW, PAGE_MILLISECONDS, SCREENSHOTS, WIDE, app, browser, log
from warehouse.release import dictionary
from warehouse.release.store import Release

__all__ = ["app", "browser", "log"]
# By hand from the lists: units report 83 indicators (36, then 41 and 6 more) and others publish 33; the fixture has one of
# those that the warehouse counts.
INDICATORS = 83 + 33 + 1


@pytest.fixture(scope="module")
def tables(release: Release) -> tuple[dictionary.Table, ...]:
    """Return the fixture's dictionary as read from its file."""
    return dictionary.read(release)


@pytest.mark.parametrize(
    ("asked", "text", "is_found"),
    [
        ("", "Mẫu số", True),
        ("mau so", "Mẫu số", True),
        ("MẪU", "Mẫu số denominator", True),
        ("so mau", "Mẫu số", True),
        ("đơn vị", "don vi tinh", True),
        ("mẫu xanh", "Mẫu số", False),
        ("KNTC_GQ", "KNTC_GQ Tỷ lệ giải quyết", True),
    ],
)
def test_words_are_found_without_marks_and_in_any_order(asked: str, text: str, is_found: bool) -> None:
    assert search.matches(asked, text, None) is is_found


def test_a_column_is_found_in_each_table_that_has_it(tables: tuple[dictionary.Table, ...]) -> None:
    places = search.columns_found(tables, "mau so")
    assert {(place.table.name, place.column.name) for place in places} == {
        ("dim_indicators", "denominator_vi"),
        ("fct_indicator_values", "denominator"),
        ("fct_indicator_values", "denominator_cell"),
        ("rpt_indicator_series", "denominator"),
        ("rpt_figure_lineage", "denominator"),
        ("rpt_figure_lineage", "denominator_cell"),
        ("rpt_party_totals", "denominator"),
        ("rpt_phase_reviews", "denominator"),
        ("rpt_phase_reviews", "reported_denominator"),
        ("rpt_resolution_progress", "denominator"),
        ("rpt_unit_benchmarks", "denominator"),
        ("rpt_unit_benchmarks", "others_denominator"),
    }
    assert search.columns_found(tables, "  ") == []
    assert [table.name for table in search.tables_found(tables, "hoang sa")] == ["dim_province_tiles"]


def test_the_file_for_excel_has_every_column_once(tables: tuple[dictionary.Table, ...]) -> None:
    frame = catalogue_tables.columns_frame(tables, language("vi"))
    assert len(frame) == sum(len(table.columns) for table in tables)
    assert not frame.duplicated(["Bảng", "Cột"]).any()
    assert frame.columns.is_unique
    row = frame[(frame["Bảng"] == "rpt_indicator_series") & (frame["Cột"] == "unit_key")].iloc[0]
    assert row["Cột (Tiếng Việt)"] == "Khóa đơn vị"
    assert row["Khóa, liên kết, kiểm tra"] == "có trong dim_units.unit_key"


def test_an_indicator_without_figures_to_divide_is_not_told_as_a_fraction() -> None:
    rows = pd.DataFrame(
        {
            "numerator_vi": ["Đã giải quyết", "Số cuộc", None],
            "denominator_vi": ["Phải giải quyết", None, None],
        }
    )
    texts = [sentences.definition_text(row, language("vi")) for row in rows.itertuples()]
    assert texts == ["Đã giải quyết / Phải giải quyết", "Số cuộc", "–"]


def test_the_page_opens_with_all_there_is(open_page, tables: tuple[dictionary.Table, ...]) -> None:
    text = said(open_page("catalogue"))
    columns = sum(len(table.columns) for table in tables)
    assert f"{len(tables)} bảng, {columns} cột và {INDICATORS} chỉ tiêu" in text
    assert "Chuỗi số liệu chỉ tiêu" in text and "rpt_indicator_series" in text
    assert "Tỷ lệ giải quyết khiếu nại, tố cáo thuộc thẩm quyền" in text


def test_a_search_in_the_address_finds_tables_columns_and_indicators(open_page) -> None:
    test = open_page("catalogue", search="khieu nai")
    assert test.text_input[0].value == "khieu nai"
    assert "“khieu nai”: 0 bảng, 0 cột, 11 chỉ tiêu" in said(test)
    nothing = said(open_page("catalogue", search="xyzzy"))
    assert "Không có bảng, cột hay chỉ tiêu nào ứng với “xyzzy”" in nothing


def test_a_typed_search_goes_into_the_address_and_is_never_mark_up(open_page) -> None:
    test = open_page("catalogue")
    test.text_input[0].set_value("<b>mau</b> {so}").run()
    assert test.query_params["search"] == "<b>mau</b> {so}"
    assert not test.exception
    lead = next(element.proto.body for element in test.get("html") if 'class="lead"' in element.proto.body)
    assert "“&lt;b&gt;mau&lt;/b&gt; {so}”" in lead


def test_a_table_opens_its_columns(open_page) -> None:
    text = said(open_page("catalogue", table="fct_submissions"))
    assert "Báo cáo đã gửi · fct_submissions" in text
    assert "Mỗi dòng được xác định bởi: submission_id" in text
    assert "Mã băm của tệp file_sha256" in text
    assert "fct_submissions" in said(open_page("catalogue", table="no_such_table"))


def test_an_indicator_opens_its_definition_and_targets(open_page) -> None:
    text = said(open_page("catalogue", indicator="KNTC_GQ"))
    assert "Cộng tử số với tử số, mẫu số với mẫu số" in text
    assert "Tỉnh Hà Giang đến 30/06/2025" in text
    assert "> 85,0%" in text.replace("\u00a0", " ")
    assert "Chỉ tiêu này chưa có mục tiêu" in said(open_page("catalogue", indicator="LYKIEN"))


def test_a_release_without_a_dictionary_still_tells_its_indicators(open_page, tmp_path: Path) -> None:
    from tests.dashboard.fixture_release import make_release

    release = make_release(tmp_path)
    dictionary.path_of(release).unlink()
    renamed = json.loads(release.as_json()) | {"release_id": "r-undescribed"}
    (tmp_path / "published" / "CURRENT.json").write_text(json.dumps(renamed))
    text = said(open_page("catalogue", folder=tmp_path))
    assert "khi chưa có danh mục dữ liệu" in text
    assert f"{INDICATORS} chỉ tiêu" in text


def test_views_for_people_who_write_sql_stand_first_and_speak_vietnamese(open_page, tmp_path: Path) -> None:
    from tests.dashboard.fixture_release import make_release

    made = make_release(tmp_path)
    described = dictionary.read(made)
    # The page keeps the dictionary of a release, so that another one has another name.
    release = replace(made, release_id="r-front-door")
    (tmp_path / "published" / "CURRENT.json").write_text(release.as_json())
    column = replace(
        described[0].columns[0],
        name="period_code",
        description_vi="Kỳ, như 2026-10.",
        joins_to="dim_periods.period_code",
    )
    view = replace(described[0], name="v_figures", name_vi="Số liệu dễ đọc", columns=(column,))
    dictionary.save(release, [view, *described])
    text = said(open_page("catalogue", folder=tmp_path, table="v_figures"))
    assert "Kỳ, như 2026-10." in text and "nối với dim_periods.period_code" in text
    start, tables = text.index("Bắt đầu từ đây"), text.index("Bấm vào tên bảng để xem các cột")
    assert start < text.index("v_figures", start) < tables
    assert "Bắt đầu từ đây" not in said(open_page("catalogue", folder=tmp_path, search="hoang sa"))


@test_browser.pytestmark
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_page_is_whole_and_a_name_leads_to_its_columns(
    browser: Browser, app: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{app}catalogue?search=mau+so")
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    page.locator("table.figures a", has_text="Giá trị chỉ tiêu đã báo cáo").first.click()
    page.wait_for_selector(
        "#chosen h2:has-text('fct_indicator_values')", timeout=PAGE_MILLISECONDS, state="attached"
    )
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    assert "table=fct_indicator_values" in page.url and "search=mau" in page.url
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / f"catalogue_{size[0]}.png"))
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    too_wide = page.evaluate(
        """[...document.querySelectorAll('table.figures, h1, h2')]
           .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).length"""
    )
    assert too_wide == 0
    context.close()
