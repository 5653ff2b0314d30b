"""Files that cannot be read at all: one finding that says why, in words for the sender."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.intake.finding import make_finding
from warehouse.intake.parsed import ParsedFile, empty_submission


@dataclass(frozen=True)
class Refusal:
    """Why a file could not be read, and what its sender can do."""

    rule_code: str
    message_vi: str
    message_en: str


TAKES_TOO_LONG = Refusal(
    "file_takes_too_long",
    "Tệp cần quá nhiều thời gian để đọc. Hãy xóa các dòng, cột trống và trang tính không dùng, hoặc chép số "
    "liệu sang biểu mẫu mới, rồi gửi lại.",
    "The file takes too long to read. Delete unused rows, columns and sheets, or copy the figures into a "
    "fresh template, and send it again.",
)
NEEDS_TOO_MUCH_MEMORY = Refusal(
    "file_needs_too_much_memory",
    "Tệp cần quá nhiều bộ nhớ để đọc. Hãy xóa các dòng, cột trống và trang tính không dùng, hoặc chia tệp "
    "thành nhiều tệp nhỏ hơn, rồi gửi lại.",
    "The file needs too much memory to be read. Delete unused rows, columns and sheets, or split it into "
    "smaller files, and send it again.",
)
BROKE_THE_READER = Refusal(
    "file_broke_the_reader",
    "Hệ thống gặp lỗi khi đọc tệp này. Tệp đã được lưu nguyên vẹn; người vận hành sẽ xem xét. Nếu cần gấp, "
    "hãy chép số liệu sang biểu mẫu mới và gửi lại.",
    "The system failed while reading this file. The file is kept as it came and will be looked into. If it "
    "is urgent, copy the figures into a fresh template and send it again.",
)


def refuse(file_name: str, file_sha256: str, refusal: Refusal) -> ParsedFile:
    """The result for a file that could not be read: one submission without form, unit or period,
    one finding.
    """
    submission = empty_submission(file_sha256)
    return ParsedFile(
        file_name=file_name,
        file_sha256=file_sha256,
        outcome="unreadable",
        submissions=[submission],
        findings=[
            make_finding(
                submission_id=submission["submission_id"],
                file_sha256=file_sha256,
                finding_number=1,
                severity="error",
                rule_code=refusal.rule_code,
                messages=(refusal.message_vi, refusal.message_en),
            )
        ],
    )
