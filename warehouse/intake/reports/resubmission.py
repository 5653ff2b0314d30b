"""Sent again: how many of the earlier findings are mended, how many are still there, how many are new.

A finding is the same one when its rule, its column and its row's own key are: an indicator's, a model's or an item's
code. Rows move, so the cell does not count, but for rows whose key itself was wrong: those are known by their cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from warehouse.settings import LOCAL_ZONE


class Told(NamedTuple):
    """A finding as far as it tells which one it is."""

    rule_code: str
    column_name: str | None
    row_key: str | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True)
class Comparison:
    """Findings of one severity: so many before, of which so many are mended; and so many that are new."""

    earlier: int = 0
    mended: int = 0
    new: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing of before is left, and nothing came."""
        return not self.remaining and not self.new

    @property
    def remaining(self) -> int:
        """Those of before that are still there."""
        return self.earlier - self.mended


@dataclass(frozen=True)
class Resubmission:
    """A file against what was found in the latest earlier one about the same reports or records. Times are UTC, aware."""

    earlier_received_at: datetime
    earlier_file_name: str
    errors: Comparison
    warnings: Comparison

    def words_vi(self) -> list[str]:
        """What the sender is told, in Vietnamese; times are those of Viet Nam."""
        local = self.earlier_received_at.astimezone(LOCAL_ZONE)
        heading = f"Gửi lại, so với tệp {self.earlier_file_name} nhận lúc {local:%H:%M ngày %d/%m/%Y}:"
        return [heading, *self.sentences_vi()]

    def sentences_vi(self) -> list[str]:
        """What became of the errors, and of the warnings, a sentence each."""
        lines = []
        if self.errors.earlier or self.errors.new:
            lines.append(_errors_vi(self.errors))
        if self.warnings.earlier or self.warnings.new:
            lines.append(_warnings_vi(self.warnings))
        return lines

    def words_en(self) -> list[str]:
        """The same in English."""
        local = self.earlier_received_at.astimezone(LOCAL_ZONE)
        heading = (
            f"Sent again, against the file {self.earlier_file_name} received at {local:%H:%M on %d/%m/%Y}:"
        )
        return [heading, *self.sentences_en()]

    def sentences_en(self) -> list[str]:
        """What became of the errors, and of the warnings, a sentence each."""
        lines = []
        for name, found in (("errors", self.errors), ("warnings", self.warnings)):
            if found.earlier or found.new:
                told = f"{found.mended} of {found.earlier} mended" if found.earlier else f"no {name} earlier"
                still = f"; {found.remaining} still there" if found.remaining else ""
                lines.append(f"{name.capitalize()}: {told}, {found.new} new{still}.")
        return lines

    def as_data(self) -> dict[str, Any]:
        """For the receipt in JSON."""
        counts = {
            name: {
                "earlier": found.earlier,
                "mended": found.mended,
                "remaining": found.remaining,
                "new": found.new,
            }
            for name, found in (("errors", self.errors), ("warnings", self.warnings))
        }
        return {
            "earlier_received_at": self.earlier_received_at.isoformat(),
            "earlier_file_name": self.earlier_file_name,
            **counts,
        }


def compare(earlier: Sequence[Told], now: Sequence[Told], key_columns: Collection[str]) -> Comparison:
    """Match findings of one severity. `key_columns` name rows: a finding about one says that the row's key was wrong."""
    by_key = Counter(now_found := [_identity(told) for told in now])
    unmatched_earlier = []
    for told in earlier:
        if by_key[_identity(told)]:
            by_key[_identity(told)] -= 1
        else:
            unmatched_earlier.append(told)
    remaining = len(earlier) - len(unmatched_earlier)
    # Whose key was wrong has another one now.
    wrong_keys = {told.row_key for told in earlier if told.column_name in key_columns} | {None}
    left: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    for told, identity in zip(now, now_found, strict=True):
        if by_key[identity]:
            by_key[identity] -= 1
            left[_place(told)] += 1
    for told in unmatched_earlier:
        if told.row_key in wrong_keys and told.cell and left[_place(told)]:
            left[_place(told)] -= 1
            remaining += 1
    return Comparison(len(earlier), len(earlier) - remaining, len(now) - remaining)


def _identity(told: Told) -> tuple[str, str | None, str | None]:
    return told.rule_code, told.column_name, told.row_key


def _place(told: Told) -> tuple[str, str | None, str | None, str | None]:
    return told.rule_code, told.column_name, told.sheet, told.cell


def _errors_vi(found: Comparison) -> str:
    """The sentence that the product promises: `7 trên 9 lỗi đã được sửa, 1 lỗi mới`."""
    told = (
        f"{found.mended} trên {found.earlier} lỗi đã được sửa" if found.earlier else "lần trước không có lỗi"
    )
    new = f"{found.new} lỗi mới" if found.new else "không có lỗi mới"
    still = f"; còn {found.remaining} lỗi chưa sửa" if found.remaining else ""
    return f"{told}, {new}{still}."


def _warnings_vi(found: Comparison) -> str:
    if not found.earlier:
        return f"{found.new} lưu ý mới."
    new = f"{found.new} lưu ý mới" if found.new else "không có lưu ý mới"
    still = f"; {found.remaining} lưu ý vẫn còn" if found.remaining else ""
    return f"{found.mended} trên {found.earlier} lưu ý không còn, {new}{still}."
