"""A workbook of another system: its counts on religious affairs by province and period. All of them are simulated."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

from warehouse.reference.periods import label_vi
from warehouse.reference.seeds import read_seed
from warehouse.sample import draws
from warehouse.sample.outbox import Outbox
from warehouse.settings import LOCAL_ZONE
from warehouse.text.simulated import NOTICE

NAME = "HeThongThongTin_CongTacTonGiao_2026-9M.xlsx"
SHEET = "TonGiao_TongHop"
PERIODS = ("2025-9M", "2025", "2026-Q1", "2026-6M", "2026-9M")
_HEADINGS = (
    "STT",
    "Mã tỉnh",
    "Tỉnh, thành phố",
    "Kỳ",
    "Số cơ sở đang hoạt động",
    "Số lượt hoạt động đăng ký, thông báo",
    "Số hồ sơ đã giải quyết",
)
_TABLE_ROW = 2
_MADE_ON = datetime(2026, 10, 20)
_RECEIVED_AT = datetime(2026, 10, 20, 9, 0, tzinfo=LOCAL_ZONE)
_MONTHS = {"Q1": 3, "6M": 6, "9M": 9}


def write_panel_workbook(outbox: Outbox, seeds_dir: Path) -> None:
    """Write the workbook, which the intake recognises by its mapping `httg.yml`."""
    provinces = [
        row
        for row in read_seed(seeds_dir, "units")
        if row["level"] == "province" and row["valid_from"] == "2025-07-01"
    ]
    with xlsxwriter.Workbook(outbox.add(NAME, _RECEIVED_AT)) as book:
        book.set_properties({"created": _MADE_ON, "comments": NOTICE})
        sheet = book.add_worksheet(SHEET)
        sheet.write(0, 0, f"SỐ LIỆU TỔNG HỢP CÔNG TÁC TÔN GIÁO ({NOTICE})")
        sheet.write_row(_TABLE_ROW, 0, _HEADINGS)
        rows = [(province, period) for period in PERIODS for province in provinces]
        for number, (province, period) in enumerate(rows, 1):
            code, name = province["unit_code"], province["unit_name"]
            row = (number, code, name, label_vi(period), *_counts(code, period))
            sheet.write_row(_TABLE_ROW + number, 0, row)


def _counts(code: str, period: str) -> tuple[int, int, int]:
    """Return places in use at the end of a period, and activities and files since the new year."""
    places = draws.whole(60, 900, code, "places") + (period >= "2026") * draws.whole(0, 6, code, "new places")
    year, _, part = period.partition("-")
    months = range(_MONTHS.get(part, 12))
    activities = sum(draws.whole(20, 90, code, year, month, "activities") for month in months)
    files = sum(draws.whole(2, 15, code, year, month, "files") for month in months)
    return places, activities, files
