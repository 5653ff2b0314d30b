"""Tells the column of a row's unit from the columns of its province or district, by their headings.

`Tỉnh` alone is the column of the unit. Beside `Tên xã` or `Đơn vị báo cáo` it is where that unit lies; taken for the unit,
it would give the figures of a commune to its province.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warehouse.forms.contract import Form
from warehouse.intake.tables.header import bare_heading, column_of

_PROVINCE, _DISTRICT, _LOCALITY, _COMMUNE, _UNIT = range(5)
_PLACES = {
    _PROVINCE: ("tinh", "tinh thanh pho", "tinh thanh", "tinh tp"),
    _DISTRICT: ("huyen", "quan huyen", "huyen thi xa", "quan huyen thi xa", "huyen thi xa thanh pho"),
    _LOCALITY: ("dia phuong",),
    _COMMUNE: ("xa", "xa phuong", "phuong xa", "xa phuong thi tran", "xa phuong dac khu"),
}
_RANKS = {
    f"{prefix}{word}": rank
    for rank, words in _PLACES.items()
    for word in words
    for prefix in ("", "ten ", "ma ")
}


def settle_unit_columns(
    form: Form, columns: Mapping[str, int], headings: Mapping[int, str]
) -> tuple[dict[str, int], list[tuple[int, bool]]]:
    """Return the columns with the unit's own ones, and the columns of places above it, nearest first.

    `headings` are the headings of the sheet by position. A place above is `(position, whether it holds codes)`.
    """
    names = _ranked(form, headings, "unit_name")
    codes = _ranked(form, headings, "unit_code")
    name = max(names, default=None, key=lambda place: place[0])
    code = max(codes, default=None, key=lambda place: place[0])
    if name and code and _UNIT not in (name[0], code[0]) and name[0] != code[0]:
        # `Mã tỉnh` beside `Tên xã`: the code is that of the province. `Tên tỉnh` beside `Mã xã`: the name is.
        name, code = (name, None) if name[0] > code[0] else (None, code)
    ranks = [place[0] for place in (name, code) if place]
    if not ranks:
        return dict(columns), []
    above = [
        (rank, position, False) for rank, position in names if rank < max(ranks) and (rank, position) != name
    ]
    above += [
        (rank, position, True) for rank, position in codes if rank < max(ranks) and (rank, position) != code
    ]
    if not above:
        return dict(columns), []
    settled = {
        column: position for column, position in columns.items() if column not in ("unit_code", "unit_name")
    }
    settled |= {column: place[1] for column, place in (("unit_code", code), ("unit_name", name)) if place}
    return settled, [(position, is_code) for _, position, is_code in sorted(above, reverse=True)]


def _ranked(form: Form, headings: Mapping[int, str], column: str) -> Sequence[tuple[int, int]]:
    """Return `(rank, position)` of each column that could be the unit's name or code; of equal ones the first."""
    found: dict[int, int] = {}
    for position, heading in sorted(headings.items()):
        if column_of(form.code, heading) == column:
            found.setdefault(_RANKS.get(bare_heading(heading), _UNIT), position)
    return list(found.items())
