"""The change that a report of form BC or TX makes to the earlier report of its unit and period, in words for its sender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.forms.how_sent import CHOICES_VI, PART
from warehouse.intake.messages.wording import listed_briefly
from warehouse.reference import periods
from warehouse.settings import LOCAL_ZONE

MAX_KEYS_SHOWN = 12
MAX_LISTED = 10
_WHOLE_UNIT_VI, _WHOLE_UNIT_EN = "toàn đơn vị", "the whole unit"


@dataclass(frozen=True)
class EarlierFile:
    """A file whose figures stood until now. The time is UTC, aware; `sender` is the unit that covers all units in the file."""

    file_name: str
    received_at: datetime
    sender: str


@dataclass(frozen=True)
class Replacement:
    """The change to the rows of one unit and period. Keys are codes of indicators, or divisions ('' for the whole unit).

    Rows that the file leaves out are withdrawn, or stay where the file is a part-correction. `sender` is the unit that covers all
    units in the file itself.
    """

    form: str
    unit_name: str
    period_code: str
    is_part_correction: bool
    replaced: tuple[str, ...]
    left_out: tuple[str, ...]
    added: tuple[str, ...]
    same_count: int
    sender: str
    earlier: tuple[EarlierFile, ...]

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """Return the keys of the rows that no longer count."""
        return () if self.is_part_correction else self.left_out

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the keys of the rows that stay although the file does not carry them."""
        return self.left_out if self.is_part_correction else ()

    @property
    def other_senders(self) -> tuple[EarlierFile, ...]:
        """Return the earlier files that another unit sent."""
        return tuple(file for file in self.earlier if file.sender != self.sender)

    def words_vi(self) -> Iterator[str]:
        """Yield the sentences in Vietnamese: the change, then a sentence on each other sender."""
        noun = "số liệu" if self.form == "BC" else "dòng"
        parts = [
            _count(f"thay {{}} {noun}", self.replaced, _WHOLE_UNIT_VI),
            _count(f"rút {{}} {noun}", self.withdrawn, _WHOLE_UNIT_VI),
            _count(f"thêm {{}} {noun}", self.added, _WHOLE_UNIT_VI),
            f"{self.same_count} {noun} như cũ" if self.same_count else "",
            _count(f"giữ nguyên {{}} {noun} không có trong tệp", self.kept, _WHOLE_UNIT_VI),
        ]
        place = f"{self.form}, {self.unit_name}, {periods.label_vi(self.period_code)}"
        yield f"{place}: {', '.join(filter(None, parts))}; so với {'; '.join(map(_file_vi, self.earlier))}."
        for file in self.other_senders:
            yield f"Lưu ý: báo cáo trước do {file.sender} gửi ({_file_vi(file)}); tệp này do {self.sender} gửi."

    def words_en(self) -> Iterator[str]:
        """Yield the sentences in English."""
        one, many = ("figure", "figures") if self.form == "BC" else ("row", "rows")
        parts = [
            _count("replaces {} {noun}", self.replaced, _WHOLE_UNIT_EN, one, many),
            _count("withdraws {} {noun}", self.withdrawn, _WHOLE_UNIT_EN, one, many),
            _count("adds {} {noun}", self.added, _WHOLE_UNIT_EN, one, many),
            f"{self.same_count} {one if self.same_count == 1 else many} as before" if self.same_count else "",
            _count("keeps {} {noun} that the file does not carry", self.kept, _WHOLE_UNIT_EN, one, many),
        ]
        place = f"{self.form}, {self.unit_name}, {periods.label_en(self.period_code)}"
        yield f"{place}: {', '.join(filter(None, parts))}; against {'; '.join(map(_file_en, self.earlier))}."
        for file in self.other_senders:
            yield f"Note: {file.sender} sent the earlier report ({_file_en(file)}); {self.sender} sent this file."

    def as_data(self) -> dict[str, Any]:
        """Return plain data for the receipt in JSON."""
        return {
            "form": self.form,
            "unit_name": self.unit_name,
            "period_code": self.period_code,
            "is_part_correction": self.is_part_correction,
            "replaced": list(self.replaced),
            "withdrawn": list(self.withdrawn),
            "kept": list(self.kept),
            "added": list(self.added),
            "same_count": self.same_count,
            "sender": self.sender,
            "earlier": [
                {
                    "file_name": file.file_name,
                    "received_at": file.received_at.isoformat(),
                    "sender": file.sender,
                }
                for file in self.earlier
            ],
        }


def words_vi(replacements: Sequence[Replacement]) -> list[str]:
    """Return the sentences about all reports of a file, with a sum where they are many, and the way to keep withdrawn figures."""
    lines = [line for item in _most_telling(replacements) for line in item.words_vi()]
    if len(replacements) > MAX_LISTED:
        counts = [sum(len(keys) for keys in _keys(replacements, name)) for name in ("replaced", "withdrawn")]
        lines.insert(
            0, f"Gửi lại {len(replacements)} báo cáo: thay {counts[0]} số liệu, rút {counts[1]} số liệu."
        )
        lines.append(f"Danh sách trên có {MAX_LISTED} báo cáo thay đổi nhiều nhất.")
    if any(item.withdrawn for item in replacements):
        lines.append(f"Muốn giữ số liệu bị rút, hãy gửi với “Cách gửi: {CHOICES_VI[PART]}”.")
    return lines


def words_en(replacements: Sequence[Replacement]) -> list[str]:
    """Return the sentences of `words_vi` in English."""
    lines = [line for item in _most_telling(replacements) for line in item.words_en()]
    if len(replacements) > MAX_LISTED:
        counts = [sum(len(keys) for keys in _keys(replacements, name)) for name in ("replaced", "withdrawn")]
        lines.insert(
            0, f"{len(replacements)} reports sent again: replaces {counts[0]} figures, withdraws {counts[1]}."
        )
        lines.append(f"The {MAX_LISTED} reports listed here change most.")
    if any(item.withdrawn for item in replacements):
        lines.append(
            f"To keep figures that are withdrawn, send the file with “Cách gửi: {CHOICES_VI[PART]}”."
        )
    return lines


def _keys(replacements: Sequence[Replacement], name: str) -> Iterator[tuple[str, ...]]:
    return (getattr(item, name) for item in replacements)


def _most_telling(replacements: Sequence[Replacement]) -> list[Replacement]:
    """Return all of a few reports; of many, those that withdraw and replace most."""
    if len(replacements) <= MAX_LISTED:
        return list(replacements)
    ranked = sorted(replacements, key=lambda item: (len(item.withdrawn), len(item.replaced)), reverse=True)
    return ranked[:MAX_LISTED]


def _count(text: str, keys: Sequence[str], whole_unit: str, one: str = "", many: str = "") -> str:
    """Return the sentence part with the number and the keys; empty where there are none."""
    if not keys:
        return ""
    shown = listed_briefly([key or whole_unit for key in keys], MAX_KEYS_SHOWN)
    return f"{text.format(len(keys), noun=one if len(keys) == 1 else many)} ({shown})"


def _file_vi(file: EarlierFile) -> str:
    return f"tệp {file.file_name} nhận lúc {file.received_at.astimezone(LOCAL_ZONE):%H:%M ngày %d/%m/%Y}"


def _file_en(file: EarlierFile) -> str:
    return (
        f"the file {file.file_name} received at {file.received_at.astimezone(LOCAL_ZONE):%H:%M on %d/%m/%Y}"
    )
