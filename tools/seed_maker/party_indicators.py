"""Indicators of the party's committees, and who owes them: a proposal that the facts do not have.

The counts of the bloc committees are those that the press gave for Lạng Sơn, 2017-2020: units with registrations, and awards by
level. No other unit owes any of these, so that the totals of the state are what they were.
"""

from __future__ import annotations

from seed_maker.files import Row
from seed_maker.indicators import DUTY_COLUMNS, INDICATOR_COLUMNS

_SOURCE, _LANG_SON = "proposal (bài viết nguồn 003)", "proposal (bài viết nguồn 002)"
_COUNT = ("higher", "phase", False, "sum", "total_reported", _LANG_SON, "Lạng Sơn 2017-2020")
_INDICATORS = (
    (
        *(
            "QT_CB",
            "Tỷ lệ chi bộ đã quán triệt văn bản về dân vận",
            "Cells briefed on documents about mass work",
        ),
        *("%", "%", "Chi bộ đã quán triệt", "Tổng số chi bộ trực thuộc"),
        *("higher", "6M", True, "sum", "total_reported", _SOURCE, "cells of QT_NQ"),
    ),
    (
        *("DVK_CS", "Số cơ sở có đăng ký mô hình Dân vận khéo", "Base units with a registered model"),
        *("cơ sở", "base units", "Cơ sở trực thuộc có ít nhất một đăng ký cho giai đoạn", "", *_COUNT),
    ),
    (
        *(
            "DVK_KT_TT_TU",
            "Số tập thể được ban tham mưu Tỉnh ủy khen",
            "Collectives awarded by a provincial commission",
        ),
        *("tập thể", "collectives", "Tập thể được khen về Dân vận khéo", "", *_COUNT),
    ),
    (
        *(
            "DVK_KT_CN_TU",
            "Số cá nhân được ban tham mưu Tỉnh ủy khen",
            "Individuals awarded by a provincial commission",
        ),
        *("cá nhân", "individuals", "Cá nhân được khen về Dân vận khéo", "", *_COUNT),
    ),
    (
        *("DVK_KT_TT_DU", "Số tập thể được đảng ủy khối khen", "Collectives awarded by the bloc committee"),
        *("tập thể", "collectives", "Tập thể được khen về Dân vận khéo", "", *_COUNT),
    ),
    (
        *("DVK_KT_CN_DU", "Số cá nhân được đảng ủy khối khen", "Individuals awarded by the bloc committee"),
        *("cá nhân", "individuals", "Cá nhân được khen về Dân vận khéo", "", *_COUNT),
    ),
)
_OWED_BY = {"QT_CB": "party_committee"}


def make_indicators() -> list[Row]:
    """One row per indicator of the party's committees."""
    return [dict(zip(INDICATOR_COLUMNS, row, strict=True)) for row in _INDICATORS]


def make_duties() -> list[Row]:
    """One row per indicator and the kind of committee that owes it."""
    return [
        dict(
            zip(
                DUTY_COLUMNS,
                (str(row[0]), _OWED_BY.get(str(row[0]), "bloc_committee"), "", "", "proposal"),
                strict=True,
            )
        )
        for row in _INDICATORS
    ]
