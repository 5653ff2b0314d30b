"""A period has one name: the dbt macro writes into its sentences the name that Python gives."""

from __future__ import annotations

import csv

import pytest

from tests.marts.dbt_kit import evaluate
from warehouse.reference import periods
from warehouse.settings import PROJECT_DIR

TYPES = ("month", "quarter", "6M", "9M", "year", "phase")


def codes(period_type: str) -> list[str]:
    """Return the period codes of one type from the calendar."""
    with (PROJECT_DIR / "dbt_project" / "seeds" / "periods.csv").open(encoding="utf-8", newline="") as lines:
        found = [row["period_code"] for row in csv.DictReader(lines) if row["period_type"] == period_type]
    assert found
    return found


def names_by_macro(name: str, codes_of_type: list[str], period_type: str) -> list[object]:
    """Return the names of periods inside a sentence of the marts, in one run of dbt."""
    return list(evaluate(*(f"{{{{ {name}(\"'{code}'\", \"'{period_type}'\") }}}}" for code in codes_of_type)))


def test_six_months_have_the_same_name_in_dbt_and_python() -> None:
    assert periods.label_vi("2026-6M") == "6 tháng đầu năm 2026"
    assert names_by_macro("period_label_vi", ["2026-6M"], "6M") == ["6 tháng đầu năm 2026"]


@pytest.mark.parametrize("period_type", TYPES)
def test_inside_a_sentence_the_vietnamese_name_begins_small(period_type: str) -> None:
    first = codes(period_type)[:14]
    names = [periods.label_vi(code) for code in first]
    assert names_by_macro("period_label_vi", first, period_type) == [
        name[0].lower() + name[1:] for name in names
    ]


@pytest.mark.parametrize("period_type", TYPES)
def test_inside_a_sentence_the_english_name_has_its_article(period_type: str) -> None:
    article = "" if period_type in ("month", "year") else "the "
    first = codes(period_type)[:14]
    names = [article + periods.label_en(code).removeprefix("year ") for code in first]
    assert names_by_macro("period_label_en", first, period_type) == names
