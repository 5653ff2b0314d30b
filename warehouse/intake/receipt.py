"""The receipt: what became of a file, what was kept of it, and which codes were given."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse import periods
from warehouse.intake.parsed import ParsedFile
from warehouse.intake.wording import NEXT_STEP_VI, OUTCOMES_VI, SEVERITIES_VI, form_title_vi
from warehouse.settings import LOCAL_ZONE
from warehouse.units import UnitRegister

RECEIPT_TEXT, RECEIPT_JSON = "receipt.txt", "receipt.json"


def make_receipt(parsed: ParsedFile, received_at: datetime) -> dict[str, Any]:
    """The receipt as data. `received_at` is UTC, as the ledger has it."""
    return {
        "file_name": parsed.file_name,
        "file_sha256": parsed.file_sha256,
        "received_at": received_at.isoformat(),
        "outcome": parsed.outcome,
        "submissions": parsed.submissions,
        "rows_kept": {table: len(rows) for table, rows in parsed.records.items()},
        "given_keys": parsed.given_keys,
        "findings": parsed.findings,
        "resubmission": parsed.resubmission.as_data() if parsed.resubmission else None,
    }


def receipt_text(parsed: ParsedFile, received_at: datetime, units: UnitRegister) -> str:
    """The receipt in words for the sender, in Vietnamese; times are those of Viet Nam."""
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
    for row in parsed.submissions:
        if row["form"]:
            unit = units.get(row["unit_key"]).unit_name if row["unit_key"] else "chưa rõ đơn vị"
            period = periods.label_vi(row["period_code"]) if row["period_code"] else "chưa rõ kỳ"
            lines.append(f"- {form_title_vi(row['form'])}, {unit}, {period}:")
            counts = f"{row['row_count']} dòng, {row['error_count']} lỗi, {row['warning_count']} lưu ý"
            lines.append(f"  {OUTCOMES_VI[row['status']]} ({counts}).")
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


def write_receipt(parsed: ParsedFile, received_at: datetime, units: UnitRegister, folder: Path) -> None:
    """Put `receipt.txt` and `receipt.json` into the folder."""
    (folder / RECEIPT_TEXT).write_text(receipt_text(parsed, received_at, units), encoding="utf-8")
    data = json.dumps(make_receipt(parsed, received_at), ensure_ascii=False, indent=2, default=str)
    (folder / RECEIPT_JSON).write_text(data, encoding="utf-8")
