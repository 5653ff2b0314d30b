"""Compares a file that was sent again with the earlier one: findings that are mended, that remain, that are new.

Two findings are the same when they agree in rule, column and the row's own key: the code of an indicator, a model or an
item. Rows move, so the cell does not count, except for a row whose key itself was wrong: there only the cell is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from warehouse.settings import LOCAL_ZONE


class FindingIdentity(NamedTuple):
    """The parts of a finding by which it is recognised in another file."""

    rule_code: str
    column_name: str | None
    row_key: str | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True)
class Comparison:
    """Counts of findings of one severity: in the earlier file, mended since, and new."""

    earlier: int = 0
    mended: int = 0
    new: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether no earlier finding remains and none is new."""
        return not self.remaining and not self.new

    @property
    def remaining(self) -> int:
        """The number of earlier findings that remain."""
        return self.earlier - self.mended


@dataclass(frozen=True)
class Resubmission:
    """A file compared with the latest earlier file about the same reports or records. Times are UTC, aware."""

    earlier_received_at: datetime
    earlier_file_name: str
    errors: Comparison
    warnings: Comparison

    def words_vi(self) -> list[str]:
        """Return the sentences for the sender in Vietnamese, with times of Viet Nam."""
        local = self.earlier_received_at.astimezone(LOCAL_ZONE)
        heading = f"Gửi lại, so với tệp {self.earlier_file_name} nhận lúc {local:%H:%M ngày %d/%m/%Y}:"
        return [heading, *self.sentences_vi()]

    def sentences_vi(self) -> list[str]:
        """Return one sentence about the errors and one about the warnings."""
        lines = []
        if self.errors.earlier or self.errors.new:
            lines.append(_errors_vi(self.errors))
        if self.warnings.earlier or self.warnings.new:
            lines.append(_warnings_vi(self.warnings))
        return lines

    def words_en(self) -> list[str]:
        """Return the sentences for the sender in English, with times of Viet Nam."""
        local = self.earlier_received_at.astimezone(LOCAL_ZONE)
        heading = (
            f"Sent again, against the file {self.earlier_file_name} received at {local:%H:%M on %d/%m/%Y}:"
        )
        return [heading, *self.sentences_en()]

    def sentences_en(self) -> list[str]:
        """Return one sentence about the errors and one about the warnings."""
        lines = []
        for name, found in (("errors", self.errors), ("warnings", self.warnings)):
            if found.earlier or found.new:
                told = f"{found.mended} of {found.earlier} mended" if found.earlier else f"no {name} earlier"
                still = f"; {found.remaining} still there" if found.remaining else ""
                lines.append(f"{name.capitalize()}: {told}, {found.new} new{still}.")
        return lines

    def as_data(self) -> dict[str, Any]:
        """Return plain data for the receipt in JSON."""
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


def compare(
    earlier: Sequence[FindingIdentity], now: Sequence[FindingIdentity], key_columns: Collection[str]
) -> Comparison:
    """Match findings of one severity. `key_columns` name rows: a finding about one says that the row's key was wrong."""
    by_key = Counter(keys_now := [_by_key(finding) for finding in now])
    unmatched_earlier = []
    for finding in earlier:
        if by_key[_by_key(finding)]:
            by_key[_by_key(finding)] -= 1
        else:
            unmatched_earlier.append(finding)
    remaining = len(earlier) - len(unmatched_earlier)
    # A row whose key was wrong has another key now.
    wrong_keys = {finding.row_key for finding in earlier if finding.column_name in key_columns} | {None}
    unmatched_now: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    for finding, key in zip(now, keys_now, strict=True):
        if by_key[key]:
            by_key[key] -= 1
            unmatched_now[_by_cell(finding)] += 1
    for finding in unmatched_earlier:
        if finding.row_key in wrong_keys and finding.cell and unmatched_now[_by_cell(finding)]:
            unmatched_now[_by_cell(finding)] -= 1
            remaining += 1
    return Comparison(len(earlier), len(earlier) - remaining, len(now) - remaining)


def _by_key(finding: FindingIdentity) -> tuple[str, str | None, str | None]:
    return finding.rule_code, finding.column_name, finding.row_key


def _by_cell(finding: FindingIdentity) -> tuple[str, str | None, str | None, str | None]:
    return finding.rule_code, finding.column_name, finding.sheet, finding.cell


def _errors_vi(found: Comparison) -> str:
    """Return the sentence that the product promises: `7 trên 9 lỗi đã được sửa, 1 lỗi mới`."""
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
