"""Indicators and reporting duties. The facts drop commas and shorten words; the seeds have the words of a document."""

from __future__ import annotations

import re

from seed_maker.files import Row

INDICATOR_COLUMNS = [
    "indicator_code",
    "indicator_name_vi",
    "indicator_name_en",
    "unit_vi",
    "unit_en",
    "numerator_vi",
    "denominator_vi",
    "direction",
    "frequency",
    "is_rate",
    "aggregation",
    "rollup",
    "source",
    "evidence",
]
DUTY_COLUMNS = ["indicator_code", "level", "valid_from", "valid_to", "source"]
LAST_DAY_OF_DISTRICTS = "2025-06-30"
# Reporting levels of bodies that have duties of their own besides those of every body.
_KINDS_OF_BODY = ("department", "organisation", "bloc_committee")
# A proposal: people's concerns and what became of them, the village's team, and whether its cadres were trained.
_OWED_BY_VILLAGES = ("NTT_XL", "TODV_THON", "TH_THON")
_UNITS_EN = {
    "%": "%",
    "chính sách": "policies",
    "điểm": "points",
    "mô hình": "models",
    "ngày/tháng": "days per month",
    "cuộc": "sessions",
    "vụ": "cases",
    "ngày": "days",
}
# Wording of the facts → wording of an administrative document.
_WORDING = (
    ("khiếu nại tố cáo", "khiếu nại, tố cáo"),
    ("cấp ủy tổ chức đảng", "cấp ủy, tổ chức đảng"),
    ("dân vận dân tộc tôn giáo", "dân vận, dân tộc, tôn giáo"),
    ("về dân tộc tôn giáo", "về dân tộc, tôn giáo"),
    ("ông trình dự án", "ông trình, dự án"),
    ("thôn TDP", "thôn, tổ dân phố"),
    ("Thôn TDP", "Thôn, tổ dân phố"),
    (
        "phụ trách bí thư chi bộ trưởng ban CTMT tổ trưởng",
        "phụ trách, bí thư chi bộ, trưởng ban công tác mặt trận, tổ trưởng",
    ),
    ("của người dân tổ chức", "của người dân, tổ chức"),
    ("mô hình điển hình", "mô hình, điển hình"),
    ("đông người vượt cấp", "đông người, vượt cấp"),
    ("kết luận kiến nghị", "kết luận, kiến nghị"),
    ("án chính sách", "án, chính sách"),
    ("cán bộ đảng viên", "cán bộ, đảng viên"),
    ("giám sát phản biện", "giám sát, phản biện"),
    ("ập thể cá nhân", "ập thể, cá nhân"),
    (" / ", "/"),
)
# Remarks about the sources, which do not belong into a definition.
_REMARKS = (" (15)", " (không nêu trong bài)", " (tập thể/cá nhân; lĩnh vực)")


def make_indicators(facts: list[Row]) -> list[Row]:
    """One row per indicator. An indicator with a numerator and a denominator is a rate, in per cent."""
    return [_indicator(fact) for fact in facts]


def make_duties(facts: list[Row]) -> list[Row]:
    """One row per indicator and reporting level that owes it; districts owe nothing after their last day.

    A department, an organisation and a bloc committee owe what every body owes; a village owes what `_OWED_BY_VILLAGES` lists.
    """
    return [
        {
            "indicator_code": fact["code"],
            "level": level,
            "valid_from": "",
            "valid_to": LAST_DAY_OF_DISTRICTS if level == "district" else "",
            "source": "proposal",
        }
        for fact in facts
        for level in _levels(fact)
    ]


def _levels(fact: Row) -> list[str]:
    levels = [level.strip() for level in fact["reported_by"].split(",")]
    if "body" in levels:
        levels += _KINDS_OF_BODY
    if fact["code"] in _OWED_BY_VILLAGES:
        levels.append("village")
    return levels


def _indicator(fact: Row) -> Row:
    is_rate = fact["unit"] == "%"
    if is_rate != bool(fact["numerator"] and fact["denominator"]):
        raise ValueError(f"{fact['code']}: percentages, and only they, have numerator and denominator")
    return {
        "indicator_code": fact["code"],
        "indicator_name_vi": _wording(fact["name_vi"]),
        "indicator_name_en": fact["name_en"],
        "unit_vi": fact["unit"],
        "unit_en": _UNITS_EN[fact["unit"]],
        "numerator_vi": _wording(fact["numerator"]),
        "denominator_vi": _wording(fact["denominator"]),
        "direction": fact["direction"],
        "frequency": fact["period"],
        "is_rate": "true" if is_rate else "false",
        "aggregation": fact["aggregation"],
        "rollup": fact["rollup"],
        "source": _source(fact),
        "evidence": fact["evidence"],
    }


def _wording(text: str) -> str:
    for found, wanted in _WORDING:
        text = text.replace(found, wanted)
    for remark in _REMARKS:
        text = text.replace(remark, "")
    return text


def _source(fact: Row) -> str:
    """The document that the facts name, else the articles that show the need."""
    document = re.sub(r" \((no number|2030 goal).*\)$", "", fact["target_source"])
    if document and not document.startswith(("none seen", "organisation sets")):
        return document
    return f"proposal (bài viết nguồn {fact['seed'].replace(';', ', ')})"
