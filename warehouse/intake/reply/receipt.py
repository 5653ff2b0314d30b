"""The receipt: the outcome of a file, the number of rows kept, the codes given, and the findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.intake.messages.wording import NEXT_STEP_VI, OUTCOMES_VI, SEVERITIES_VI
from warehouse.intake.reply.receipt_reports import report_lines
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.replacement import words_vi
from warehouse.reference.units.register import UnitRegister
from warehouse.settings import LOCAL_ZONE

RECEIPT_TEXT, RECEIPT_JSON = "receipt.txt", "receipt.json"


def make_receipt(parsed: ParsedFile, rows_kept: Mapping[str, int], received_at: datetime) -> dict[str, Any]:
    """Return the receipt as data. `rows_kept` counts the kept rows by raw table; `received_at` is UTC."""
    return {
        "file_name": parsed.file_name,
        "file_sha256": parsed.file_sha256,
        "received_at": received_at.isoformat(),
        "outcome": parsed.outcome,
        "submissions": parsed.submissions,
        "rows_kept": dict(rows_kept),
        "given_keys": parsed.given_keys,
        "findings": parsed.findings,
        "resubmission": parsed.resubmission.as_data() if parsed.resubmission else None,
        "replacements": [item.as_data() for item in parsed.replacements],
    }


def receipt_text(parsed: ParsedFile, received_at: datetime, units: UnitRegister) -> str:
    """Return the receipt in words for the sender, in Vietnamese, with times of Viet Nam."""
    local = received_at.astimezone(LOCAL_ZONE)
    lines = [
        f"GIẤY BIÊN NHẬN: {OUTCOMES_VI[parsed.outcome].upper()}",
        "",
        f"Tệp: {parsed.file_name}",
        f"Nhận lúc: {local:%H:%M ngày %d/%m/%Y}",
        f"Mã tệp: {parsed.file_sha256}",
        NEXT_STEP_VI[parsed.outcome],
        "",
    ]
    if parsed.resubmission:
        lines += [*parsed.resubmission.words_vi(), ""]
    if parsed.replacements:
        lines += ["So với báo cáo đã gửi:", *(f"- {line}" for line in words_vi(parsed.replacements)), ""]
    lines += report_lines(parsed.submissions, units)
    if parsed.given_keys:
        lines += ["", "Mã đã cấp (dùng lại khi gửi sửa đổi hoặc báo cáo tiến độ):"]
        lines += [
            f"- {item['sheet']}!{item['cell']}: {item['key']} – {item['record']}"
            for item in parsed.given_keys
        ]
    told = [finding for finding in parsed.findings if finding["rule_code"] != "key_given"]
    if told:
        lines += ["", "Kết quả kiểm tra:"]
    for finding in told:
        place = "!".join(filter(None, [finding["sheet"], finding["cell"]]))
        lines.append(f"- {SEVERITIES_VI[finding['severity']]} {place}: {finding['message_vi']}")
    return "\n".join(lines) + "\n"


def write_receipt(
    parsed: ParsedFile,
    rows_kept: Mapping[str, int],
    received_at: datetime,
    units: UnitRegister,
    folder: Path,
) -> None:
    """Put `receipt.txt` and `receipt.json` into the folder."""
    (folder / RECEIPT_TEXT).write_text(receipt_text(parsed, received_at, units), encoding="utf-8")
    (folder / RECEIPT_JSON).write_text(
        _as_json(make_receipt(parsed, rows_kept, received_at)), encoding="utf-8"
    )


def _as_json(receipt: dict[str, Any]) -> str:
    """Return the receipt as JSON with a line for each fact, report and finding: indenting 100,000 of them further takes a
    second."""
    return (
        "{\n"
        + ",\n".join(f"{_one_line(name)}: {_listed(value)}" for name, value in receipt.items())
        + "\n}\n"
    )


def _listed(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _one_line(value)
    return "[\n" + ",\n".join(map(_one_line, value)) + "\n]"


def _one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
