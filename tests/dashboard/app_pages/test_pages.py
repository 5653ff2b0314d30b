"""Each page opens in both languages, remembers choices in its address, and fails in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.pages import PAGES
from tests.damage_kit import cut, published_as_it_is
from tests.dashboard.fixture_release import AS_OF, make_release
from tests.dashboard.page_kit import said
from warehouse.settings import Settings


@pytest.mark.parametrize("code", [spec.code for spec in PAGES])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_opens_in_both_languages(open_page, code: str, lang: str) -> None:
    test = open_page(code, lang=lang, province="20")
    text = said(test)
    assert not test.exception
    assert ("Không đọc được" if lang == "vi" else "could not be read") not in text
    assert "r20261120T010500Z-fixture" in text
    assert ("08:05 20/11/2026" if lang == "vi" else "08:05 20 Nov 2026") in text


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
    assert "6 tháng đầu năm 2026" in said(test)


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
    published_as_it_is(Settings(tmp_path), release)
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
