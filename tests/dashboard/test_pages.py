"""Each page starts on the fixture release, says what its figures say, and fails in words."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.pages import PAGES
from tests.damage_kit import cut, published_as_it_is
from tests.dashboard.fixture_release import AS_OF, LANG_SON, make_release
from warehouse.settings import PROJECT_DIR, Settings

APP = str(PROJECT_DIR / "dashboard" / "app.py")
TIMEOUT_SECONDS = 60


@pytest.fixture
def open_page(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    """Open a page with choices in its address."""

    def opener(code: str = "overview", folder: Path = data_dir, **choices: str) -> AppTest:
        monkeypatch.setenv("DATA_DIR", str(folder))
        test = AppTest.from_file(APP, default_timeout=TIMEOUT_SECONDS)
        test.run()
        if code != PAGES[0].code:
            test.switch_page(f"app_pages/{code}.py")
        for name, value in choices.items():
            test.query_params[name] = value
        return test.run()

    return opener


def said(test: AppTest) -> str:
    """All that the page says, without its mark-up."""
    html = " ".join(str(element.proto.body) for element in test.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)))


@pytest.mark.parametrize("code", [spec.code for spec in PAGES])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_opens_in_both_languages(open_page, code: str, lang: str) -> None:
    test = open_page(code, lang=lang, province="20")
    text = said(test)
    assert not test.exception
    assert ("Không đọc được" if lang == "vi" else "could not be read") not in text
    assert "r20261120T010500Z-fixture" in text
    assert ("08:05 20/11/2026" if lang == "vi" else "08:05 20 Nov 2026") in text


def test_the_overview_leads_with_the_count_of_targets(open_page) -> None:
    text = said(open_page(province="20", period="2026-9M"))
    assert re.search(r"\d trên 8 chỉ tiêu đạt|Cả 8 chỉ tiêu có mục tiêu đều đạt", text)
    assert "Mô phỏng" in text
    assert "6 tháng năm 2026" in text, "what is not reported in the period stands with its latest figure"


def test_a_published_figure_is_exact_and_called_real(open_page) -> None:
    text = said(open_page(province="68"))
    assert "78,8% (379 trên 481); chưa có mục tiêu" in text
    assert "1/3" in text
    assert "số thực" in text
    assert "Mô phỏng" not in text


def test_published_models_of_a_merged_province_stand_under_today(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="79"))
    assert "2.071" in text
    assert "1/3" in text
    assert "chưa có mô hình nào trong sổ đăng ký" in text


def test_before_the_merger_there_is_a_list_of_63_and_no_map(open_page) -> None:
    test = open_page("compare_provinces", indicator="PAPI_OVERALL", lens="as_reported", period="2016")
    text = said(test)
    assert "63 tỉnh, thành phố" in text
    assert len(test.get("plotly_chart")) == 1
    today = open_page("compare_provinces", indicator="PAPI_OVERALL", period="2016")
    assert len(today.get("plotly_chart")) == 2
    assert "ước tính" in said(today)


def test_the_profile_leads_from_a_number_to_its_cell(open_page) -> None:
    text = said(
        open_page("unit_profile", province="20", unit=LANG_SON, indicator="KNTC_GQ", period="2026-9M")
    )
    assert "BC_LangSon_2026-9M.xlsx" in text
    assert "Chỉ tiêu!C7" in text
    assert "379/481" in text
    assert "Trả lại để sửa" in text


def test_a_former_unit_has_its_own_profile(open_page) -> None:
    text = said(open_page("unit_profile", province="08", unit="02@0"))
    assert "Tỉnh Hà Giang (đến 30/06/2025)" in text
    assert "Đơn vị kế thừa" in text


def test_a_silent_unit_is_not_zero(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="20-CAT@2025-07-01"))
    assert "chưa có số liệu nào" in text


def test_a_province_counts_the_models_of_its_communes(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="VN"))
    assert "92 mô hình đăng ký trong giai đoạn 2026–2030, ở 1 trên 34 đơn vị" in text
    assert "Tỉnh Lạng Sơn 92" in text


def test_individuals_stand_under_their_code(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="20"))
    assert re.search(r"Cá nhân DVK-\d+-\d+", text)
    assert "chưa thu thập" in text


def test_choices_come_from_the_address_and_a_wrong_one_falls_back(open_page) -> None:
    test = open_page(province="20", period="2026-6M")
    assert [box.value for box in test.selectbox] == ["20", "2026-6M"]
    wrong = open_page(province="99", period="1066")
    assert not wrong.exception
    assert wrong.selectbox[0].value in ("08", "20")


def test_a_choice_is_written_to_the_address(open_page) -> None:
    test = open_page(province="20")
    test.selectbox[1].set_value("2026-6M").run()
    assert test.query_params["period"] == "2026-6M"
    assert "6 tháng năm 2026" in said(test)


def test_without_a_release_the_page_says_what_to_do(open_page, tmp_path: Path) -> None:
    text = said(open_page(folder=tmp_path))
    assert "Chưa có bản phát hành số liệu nào" in text
    assert "make load" in text


def test_a_failed_read_is_never_an_empty_picture(open_page, tmp_path: Path) -> None:
    release = make_release(tmp_path)
    (tmp_path / "published" / "broken.duckdb").write_bytes(b"no database")
    broken = release.as_json().replace(release.file, "broken.duckdb").replace(release.release_id, "r-broken")
    (tmp_path / "published" / "CURRENT.json").write_text(broken)
    test = open_page(folder=tmp_path)
    text = said(test)
    assert "Không đọc được số liệu" in text
    assert not test.get("plotly_chart")
    assert "no database" not in text and str(tmp_path) not in text, "nothing of the inside is shown"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("damaged", "share"),
    [
        ("CURRENT.json", None),
        ("CURRENT.json", 0),
        ("CURRENT.json", 0.5),
        ("duckdb", None),
        ("duckdb", 0),
        ("duckdb", 0.4),
    ],
)
def test_a_damaged_file_is_named_and_is_neither_empty_nor_unpublished(
    open_page, tmp_path: Path, damaged: str, share: float | None, lang: str
) -> None:
    release = make_release(tmp_path)
    path = tmp_path / "published" / "CURRENT.json" if damaged == "CURRENT.json" else release.path
    if share is None:
        path.unlink()
    else:
        cut(path, share)
    test = open_page(folder=tmp_path, lang=lang)
    text = said(test)
    assert ("Không đọc được số liệu" if lang == "vi" else "The figures could not be read") in text
    assert f"published/{path.name}" in text
    assert "make load" in text
    assert ("Chưa có" if lang == "vi" else "No release") not in text
    assert not test.get("plotly_chart")
    assert not test.exception
    assert str(tmp_path) not in text, "readers see no folder of the server"


def test_a_release_file_that_is_cut_off_behind_an_open_connection_is_noticed(
    open_page, tmp_path: Path
) -> None:
    """The process has the file open, and keeps frames: the size of the file is compared on each page view."""
    release = make_release(tmp_path)
    published_as_it_is(Settings(tmp_path), release)
    assert "Không đọc được" not in said(open_page(folder=tmp_path))
    cut(release.path, 0.9)
    assert f"published/{release.file}" in said(open_page(folder=tmp_path))


def test_a_release_without_figures_is_empty_in_words(open_page, tmp_path: Path) -> None:
    import duckdb

    release = make_release(tmp_path)
    with duckdb.connect(str(release.path)) as connection:
        for table in (
            "rpt_indicator_series",
            "fct_model_registrations",
            "rpt_model_funnel",
            "fct_submissions",
        ):
            connection.execute(f"delete from marts.{table}")
    renamed = release.as_json().replace(release.release_id, "r-empty").replace(release.file, "r-empty.duckdb")
    release.path.rename(release.path.with_name("r-empty.duckdb"))
    (tmp_path / "published" / "CURRENT.json").write_text(renamed)
    for spec in PAGES:
        test = open_page(spec.code, folder=tmp_path)
        assert "Không đọc được" not in said(test), spec.code
        assert "Chưa có số liệu" in said(test), spec.code
        assert not test.get("plotly_chart")


def test_the_as_of_date_of_the_fixture_is_the_releases(release) -> None:
    assert release.as_of_date == AS_OF
