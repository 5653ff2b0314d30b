"""What is asked for: a topic, a unit and the months from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.inspection.queries import read
from warehouse.inspection.topics import Topic
from warehouse.release.store import Release

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class BadRequest(ValueError):
    """The request makes no sense; the message says why in Vietnamese and English."""


@dataclass(frozen=True)
class Unit:
    """The unit version that is inspected."""

    unit_key: str
    unit_code: str
    unit_name: str


@dataclass(frozen=True)
class Request:
    """One request. Both days are inclusive. Without `with_files` the files that were sent are listed and left out."""

    topic: Topic
    unit: Unit
    first_day: date
    last_day: date
    with_files: bool = True

    @property
    def file_name(self) -> str:
        """Return a name for the pack that says what is in it."""
        months = f"{self.first_day:%Y-%m}_{self.last_day:%Y-%m}"
        return f"ho_so_kiem_tra_{self.topic.code}_{self.unit.unit_code}_{months}.zip"


def months_between(first: str, last: str) -> tuple[date, date]:
    """Return the first day of one month and the last of another.

    Raises BadRequest for what is no month, and where the last one is before the first.
    """
    found = [_MONTH.fullmatch(text) for text in (first, last)]
    if found[0] is None or found[1] is None:
        raise BadRequest(f"{first} … {last}: hãy viết tháng như 2026-10 (write months as 2026-10)")
    starts, ends = (date(int(match[1]), int(match[2]), 1) for match in found if match)
    last_day = (ends + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if starts > last_day:
        raise BadRequest(f"{first} … {last}: tháng cuối trước tháng đầu (the last month is before the first)")
    return starts, last_day


def find_unit(release: Release, code: str, day: date) -> Unit:
    """Return the unit that bears this code on that day, or bore it last before it: codes were reused.

    Raises BadRequest, with the codes of the provinces, for a code that no unit ever had.
    """
    found = read(release, "unit", unit_code=code, day=day)
    if not found.empty:
        row = found.iloc[0]
        return Unit(str(row.unit_key), str(row.unit_code), str(row.unit_name))
    provinces = read(release, "provinces")
    known = ", ".join(f"{row.unit_code} {row.unit_name}" for row in provinces.itertuples())
    raise BadRequest(f"không có đơn vị mã {code!r} (no unit has this code); các tỉnh (provinces): {known}")
