"""Oddities of the odd files: values for each type of column, and cases of single forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

LONG_TEXT = "dân vận khéo " * 2_500
TEXTS = (
    "",
    " ",
    "x",
    LONG_TEXT,
    LONG_TEXT * 2,
    "=1+1",
    "'; drop table x; --",
    "{indicator}?",
    "\u200b",
    "😀" * 300,
    "NULL",
)
DATES = (
    date(1900, 1, 1),
    date(2008, 12, 31),
    date(2009, 1, 1),
    date(2010, 2, 25),
    date(2011, 1, 1),
    date(2026, 11, 20),
    date(2026, 11, 21),
    date(2029, 12, 31),
    date(2062, 3, 5),
    date(9999, 12, 31),
    "31/02/2026",
    "05/03/0001",
    1,
    -1,
    1e300,
    "",
)
NUMBERS = (
    -1,
    0,
    0.0005,
    0.5,
    1e-320,
    999_999_999_999,
    10**15,
    9e17,
    9e18,
    1e19,
    1e300,
    "-0",
    "1.250",
    "50%",
    "…",
    "",
)
PERIODS = (
    "1990-01",
    "2008-12",
    "2009-01",
    "2010",
    "2010-6M",
    "2011-2015",
    "2017-2020",
    "2021-2025",
    "2031-2035",
    "1995-2004",
    "2026-Q1",
    "2026-13",
    "2035-12",
    "2036-01",
    "2062-09",
    "2100",
    "9999-12",
    2010,
    1e300,
)
# A commune that was split and one that was dissolved, one of its successors, a district, a province that was merged, a
# city that became one in 2026, bodies old and new, the country, and codes of no unit.
UNITS = (
    "00007",
    "00199",
    "32146",
    "00097",
    "195",
    "77",
    "24",
    "20-BDV",
    "20-BCH",
    "VN",
    "99999",
    "xx",
    -1,
    "",
)
VALUES_BY_TYPE: Mapping[str, Sequence[Any]] = {
    "text": TEXTS,
    "code": TEXTS,
    "list": TEXTS,
    "phase": (
        "2011-2015",
        "2016-2020",
        "2017-2020",
        "2021-2025",
        "2026-2030",
        "2031-2035",
        "1990-1995",
        "2026",
        "",
    ),
    "date": DATES,
    "number": NUMBERS,
    "integer": NUMBERS,
}

_RATE, _COUNT = "TTHC_DUNGHAN", "TG_VUVIEC"
# One unit a row, so that no report replaces another.
PROVINCES = ("01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37", "38")
BC_ROWS: Mapping[str, Sequence[Sequence[Any]]] = {
    "numerator": [
        (unit, "2026-01", _RATE, number, number, "", "")
        for unit, number in zip(PROVINCES, NUMBERS, strict=True)
    ],
    "denominator": [
        (unit, "2026-02", _RATE, 1, number, "", "") for unit, number in zip(PROVINCES, NUMBERS, strict=True)
    ],
    "count": [
        (unit, "2026-03", _COUNT, "", "", number, "") for unit, number in zip(PROVINCES, NUMBERS, strict=True)
    ],
    "decimal": [
        (unit, "2026-04", code, "", "", number, "")
        for code in ("NTT_TRE", "TD_TINH")
        for unit, number in zip(PROVINCES, NUMBERS, strict=True)
    ],
    "period": [("20", period, code, 1, 2, "", "") for period in PERIODS for code in (_RATE, "DVK_KT")],
    "unit": [
        (unit, period, _RATE, 49, 50, "", "")
        for unit in UNITS
        for period in ("2025-05", "2025-06", "2025-07", "2026-10")
    ],
    "text": [(unit, "2026-05", _RATE, 1, 2, "", text) for unit, text in zip(PROVINCES, TEXTS, strict=False)],
    "indicator": [("20", f"2024-{month:02d}", text, 1, 2, "", "") for month, text in enumerate(TEXTS, 1)],
    "value": [
        (unit, "2026-06", _RATE, 1, 2, number, "") for unit, number in zip(PROVINCES, NUMBERS, strict=True)
    ],
    "large_in_split_unit": [
        (unit, "2025-05", code, part, whole, value, "")
        for unit in ("00007", "00016", "00199", "32146", "22000", "11239")
        for code, part, whole, value in (
            (_RATE, 999_999_999_998, 999_999_999_999, ""),
            (_COUNT, "", "", 10**12 - 1),
        )
    ],
    "duplicate": [("20", "2026-07", _RATE, 1, 2, "", ""), ("20", "2026-07", _RATE, 2, 3, "", "")],
}

# Sheets whose header leaves out columns that most have.
BC_TABLES: Mapping[str, Sequence[Sequence[Any]]] = {
    "not_applicable_without_its_column": [
        ("unit_code", "period", "indicator_name", "numerator", "denominator", "note"),
        (
            "20",
            "2026-Q1",
            "Số cuộc đối thoại trực tiếp của người đứng đầu với nhân dân",
            "",
            "",
            "Không áp dụng",
        ),
    ],
}

_OLD_COMMUNE_FOR_NEXT_PHASE = {"unit_code": "00007", "registered_date": "15/03/2025", "phase": "2026-2030"}
_CITY_FOR_PAST_PHASE = {"unit_code": "24", "registered_date": "01/10/2026", "phase": "2021-2025"}
RECORD_CASES: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "VB": {
        "rules_of_2010": [{"document_no": "290-QĐ/TW", "document_date": "25/02/2010"}],
        "dates_in_reverse": [{"document_no": "1", "received_date": "01/08/2026"}],
        "more_reached_than_there_are": [{"document_no": "2", "organisations_done": 41}],
        "of_a_new_commune": [
            {"document_no": "3", "unit_code": "00097", "document_date": "25/02/2010"},
            {"document_no": "3", "unit_code": "00097", "document_date": "26/02/2010"},
        ],
        "duplicate": [{"document_no": "4"}, {"document_no": "4", "title": "khác"}],
    },
    "HD": {
        "far_future": [{"planned_date": "05/03/2062", "activity_date": ""}],
        "no_date": [{"planned_date": "", "activity_date": ""}],
        "duplicate": [{}, {"participants": 1}],
    },
    "KN": {
        "closed_before_source": [{"status": "closed", "closed_date": "01/10/2026"}],
        "due_before_source": [{"due_date": "01/10/2026", "item_code": "due"}],
        "owner_of_later": [
            {"item_code": "late-owner", "source_date": "25/02/2010", "responsible_unit_code": "20-BCH"},
            {"item_code": "no-owner", "responsible_unit_code": "VN"},
            {"item_code": "old-owner", "source_date": "25/02/2010", "responsible_unit_code": "195"},
        ],
        "closed_and_open": [
            {"item_code": "closed", "status": "closed"},
            {"item_code": "o", "closed_date": "01/11/2026"},
        ],
    },
    "DK": {
        "old_commune_for_next_phase": [_OLD_COMMUNE_FOR_NEXT_PHASE],
        "city_for_past_phase": [_CITY_FOR_PAST_PHASE],
        "same_text_of_country_and_unit": [
            {"unit_code": "VN", "model_code": "A"},
            {"unit_code": "20", "model_code": "B"},
            {"unit_code": "VN", "model_code": "C", "registered_date": "16/10/2026"},
        ],
        "two_days_of_one_code": [{"model_code": "D"}, {"model_code": "D", "registered_date": "15/09/2026"}],
        "ends_before_start": [{"model_code": "E", "start_date": "01/11/2026", "end_date": "01/10/2026"}],
    },
    "TD": {
        "of_no_model": [{"model_code": "nobody's", "event_date": "25/02/2010"}],
        "before_registration": [
            {"event": "Bước 5", "event_date": "01/01/2009"},
            {"event": "Dừng", "event_date": "02/01/2009"},
        ],
        "duplicate": [{}, {"result_value": 1}],
    },
    "TX": {
        "sum_that_is_none": [{"rated_count": 41}],
        "nobody_rated": [
            {"unit_code": "04", "rated_count": 0, "outstanding_count": 0, "good_count": 0}
            | {"completed_count": 0, "not_completed_count": 0}
        ],
        "two_of_no_division": [{"division": ""}, {"division": "", "rewarded_count": 1}],
    },
}
# Two records with one key, on one row of two sheets, in two months.
SAME_PLACE: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "DK": [{"model_code": "twice", "registered_date": f"15/{month}/2026"} for month in ("09", "10")],
    "VB": [{"document_no": "twice", "document_date": f"01/{month}/2026"} for month in ("08", "09")],
    "HD": [{"activity_code": "twice", "activity_date": f"15/{month}/2026"} for month in ("09", "10")],
    "KN": [{"item_code": "twice", "source_date": f"05/{month}/2026"} for month in ("09", "10")],
}

_HEADINGS = ["tinhid", "tentinh_eng", "tentinh_vie", "Transparency", "Civic Knowledge"]
_TITLES = ["tinhid", "tentinh_eng", "tentinh_vie", "Công khai, minh bạch", "Tri thức công dân"]
_HA_NOI = [1, "Ha Noi", "Hà Nội", 5.5, 1.25]


def _sheet(*rows: Sequence[Any]) -> Sequence[Sequence[Any]]:
    return [_HEADINGS, _TITLES, *rows]


PANEL_SHEETS: Mapping[str, Mapping[str, Sequence[Sequence[Any]]]] = {
    "years": {f"{year}_PAPI": _sheet(_HA_NOI) for year in ("1990", "2005", "2010", "2062", "9999", "2015")},
    "year_twice": {"2014_PAPI": _sheet(_HA_NOI), " 2014_PAPI": _sheet([1, "Ha Noi", "Hà Nội", 6.5, 2])},
    "numbers": {
        "2013_PAPI": _sheet(
            [1, "Ha Noi", "Hà Nội", 1e300, -1e300],
            [20, "Lang Son", "Lạng Sơn", 1.7e308, -5],
            [4, "Cao Bang", "Cao Bằng", 1.7e308, "n/a"],
            [999, "", "", 10, 10],
            ["", "", "Nowhere", 1, 1],
        )
    },
    "empty": {"2012_PAPI": _sheet(), "notes": []},
}
