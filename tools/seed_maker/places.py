"""Populations, areas, centres and map tiles of provinces."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

from seed_maker.files import Row, read_facts, unit_key

POPULATION_COLUMNS = ["unit_key", "year", "population", "source"]
TILE_COLUMNS = ["unit_code", "tile_row", "tile_column", "label", "source"]
FACT_COLUMNS = ["unit_key", "area_km2", "longitude", "latitude", "source"]
_TODAY = "2025-07-01"
_FACTS_YEAR = "2025"
_STATE_MAP = "Bản đồ hành chính nhà nước, bảng số liệu tháng 7/2025"
_STATISTICS = "Tổng cục Thống kê, Dân số trung bình phân theo địa phương"
# Year → column of the statistics file.
_YEAR_COLUMNS = {
    **{year: f"Total {year}" for year in range(2011, 2016)},
    2016: "Total Prel. 2016",
}
_PRELIMINARY_YEAR = 2016
# The same table in its later edition, which was revised; checked against the sums that it prints for regions and country. No
# figures of all provinces were found for 2023 and 2024: those years have no weights.
_LATER_EDITION = Path(__file__).with_name("populations_2017_2022.csv")
_LATER_YEARS = range(2017, 2023)
_LATER_STATISTICS = (
    "Tổng cục Thống kê, biểu V02.01 Diện tích, dân số và mật độ dân số phân theo địa phương, bản 2011–2022"
)
_THOUSAND = 1000
# The statistics use the name before 2025.
_STATISTICS_NAMES = {"46": "thua thien hue"}


def make_populations(statistics: Path, units: list[Row], facts: list[Row]) -> list[Row]:
    """One row per province version and year, in persons: 63 provinces 2011–2022 and 34 provinces 2025.

    Raises ValueError when a province is missing or has no figure: a missing weight would distort every mean.
    """
    lines = _statistics(statistics)
    rows = []
    for unit in units:
        if unit["level"] != "province" or unit["valid_from"]:
            continue
        place = unit["unit_name"].removeprefix(unit["unit_type"])
        name = _STATISTICS_NAMES.get(unit["unit_code"], _plain(place))
        if name not in lines:
            raise ValueError(f"{statistics.name}: no row for {unit['unit_name']}")
        for year, column in _YEAR_COLUMNS.items():
            persons = round(float(lines[name][column]) * _THOUSAND)
            source = f"{_STATISTICS}{' (sơ bộ)' if year == _PRELIMINARY_YEAR else ''}"
            rows.append(_population(unit["unit_key"], str(year), str(persons), source))
    today = [
        _population(unit_key(fact["code"], _TODAY), _FACTS_YEAR, fact["population"], _STATE_MAP)
        for fact in facts
        if fact["level"] == "province"
    ]
    later = [
        _population(
            f"{fact['unit_code']}@0",
            str(year),
            str(round(float(fact[str(year)]) * _THOUSAND)),
            _LATER_STATISTICS,
        )
        for fact in read_facts(_LATER_EDITION)
        for year in _LATER_YEARS
    ]
    return rows + later + today


def make_tiles(facts: list[Row]) -> list[Row]:
    """One row per tile: 34 provinces, and the two archipelagos under the province each belongs to."""
    return [
        {
            "unit_code": fact["code"],
            "tile_row": fact["row"],
            "tile_column": fact["col"],
            "label": fact["label"],
            "source": "proposal",
        }
        for fact in facts
    ]


def make_province_facts(facts: list[Row]) -> list[Row]:
    """One row per province of today: area in km², and the centre in degrees."""
    return [
        {
            "unit_key": unit_key(fact["code"], _TODAY),
            "area_km2": fact["area_km2"],
            "longitude": fact["lon"],
            "latitude": fact["lat"],
            "source": _STATE_MAP,
        }
        for fact in facts
        if fact["level"] == "province"
    ]


def _population(key: str, year: str, persons: str, source: str) -> Row:
    return {"unit_key": key, "year": year, "population": persons, "source": source}


def _statistics(path: Path) -> dict[str, Row]:
    """The statistics by plain name. The file has a title and an empty line above the header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in file if line.strip()][1:]
    return {_plain(row["Cities, provincies"]): row for row in csv.DictReader(lines, delimiter=";")}


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z]+", " ", ascii_only).removesuffix(" city").strip()
