"""Workbook templates, generated from the contracts for one unit and period.

A workbook has one sheet a form, named by its code, a guide, and the lists on a hidden sheet. Cells that are filled in
already are locked (without a password: the lock is a help, not a force); all other cells are checked while an officer types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from warehouse.forms.contract import Form, load_form
from warehouse.reference import periods
from warehouse.reference.context import Reference
from warehouse.reference.indicators import Indicator
from warehouse.reference.units.register import UnitVersion
from warehouse.templates.form_sheet import A4, Shared, Values, write_form
from warehouse.templates.lists import Lists
from warehouse.templates.styles import Styles

LISTS_SHEET = "Danh mục"
GUIDE_SHEET = "Hướng dẫn"


def make_template(
    forms: Sequence[str],
    unit_key: str,
    period_code: str,
    out_path: Path,
    reference: Reference,
    *,
    prefill: Mapping[str, Sequence[Values]] | None = None,
    notice: str | None = None,
) -> None:
    """Write the workbook to `out_path`: one sheet a form, in the order given.

    `prefill` maps a form to rows {column name: value}. For BC a row is matched to the prefilled row of its
    indicator_code (or added below when the unit does not owe it); for other forms rows fill the sheet in order.
    `notice` is a line shown under the title, such as that the figures are simulated.

    Raises KeyError for an unknown form or unit, ValueError for a period that is none, or for form BC when the
    unit owes no indicator for the period.
    """
    unit = reference.units.get(unit_key)
    period = periods.from_code(period_code)
    if period is None:
        raise ValueError(f"{period_code!r} is not a period")
    contracts = [load_form(code) for code in forms]
    rows = {
        form.code: _rows(form, unit, period, reference, (prefill or {}).get(form.code, ()))
        for form in contracts
    }
    with xlsxwriter.Workbook(out_path, {"in_memory": True}) as workbook:
        # A fixed time of creation: the same template is the same bytes.
        workbook.set_properties(
            {
                "title": "; ".join(form.name_vi for form in contracts),
                "created": datetime.combine(period.end_date, time()),
            }
        )
        styles = Styles(workbook)
        sheets = [workbook.add_worksheet(form.code) for form in contracts]
        guide = workbook.add_worksheet(GUIDE_SHEET)
        lists = Lists(workbook.add_worksheet(LISTS_SHEET), LISTS_SHEET, reference, unit, period)
        for form, sheet in zip(contracts, sheets, strict=True):
            write_form(sheet, form, rows[form.code], Shared(styles, lists, unit, period, notice))
        _write_guide(guide, contracts, styles)


def _rows(
    form: Form, unit: UnitVersion, period: periods.Period, reference: Reference, prefill: Sequence[Values]
) -> list[dict[str, Any]]:
    """The values of each row of a sheet, before anyone types."""
    same = {"unit_code": unit.unit_code, "unit_name": unit.unit_name, "period": period.code}
    if "indicator_code" not in form.by_name:
        return [same | dict(row) for row in prefill] + [dict(same) for _ in range(form.blank_rows)]
    owed = {item.code: item for item in reference.owed_indicators(unit, period)}
    first_of: dict[str, Values] = {}
    more = []
    for row in prefill:
        code = row["indicator_code"]
        is_first = code in owed and first_of.setdefault(code, row) is row
        if not is_first:
            more.append(same | _about(reference.indicators.get(code)) | dict(row))
    if not owed and not more:
        raise ValueError(f"{unit.unit_name} owes no indicator for {period.code}")
    return [same | _about(item) | dict(first_of.get(code, {})) for code, item in owed.items()] + more


def _about(indicator: Indicator | None) -> dict[str, Any]:
    """The cells of a row that describe its indicator; none for a code that is in no list."""
    if indicator is None:
        return {}
    formula = indicator.numerator_vi
    if indicator.is_rate:
        formula = f"Tử số: {indicator.numerator_vi}. Mẫu số: {indicator.denominator_vi}."
    return {
        "indicator_code": indicator.code,
        "indicator_name": indicator.name_vi,
        "unit_of_measure": indicator.unit_vi,
        "formula": formula,
        "_is_rate": indicator.is_rate,
        "_is_whole": indicator.is_whole,
    }


def _write_guide(sheet: Worksheet, forms: Sequence[Form], styles: Styles) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90)
    lines = (
        "Chỉ nhập vào ô trắng; ô xám đã điền sẵn và được khóa để giữ đúng mã.",
        'Không phát sinh: ghi 0. Chưa có số liệu: để trống. Không thuộc phạm vi của đơn vị: ghi "Không áp dụng".',
        "Không ghi họ tên, dân tộc, tôn giáo, ý kiến của người dân vào bất kỳ ô nào.",
        "Gửi lại biểu BC, TX cho cùng một kỳ: báo cáo sau thay toàn bộ báo cáo trước. Muốn chỉ sửa vài dòng, hãy chọn"
        " “chỉ sửa các dòng có trong tệp” ở ô Cách gửi, phía trên bảng.",
        'Nộp tệp qua trang "Nộp báo cáo" hoặc bỏ vào thư mục tiếp nhận; ô sai sẽ được đánh dấu và gửi lại ngay.',
    )
    sheet.write_string(0, 0, "HƯỚNG DẪN ĐIỀN BIỂU", styles.title)
    for number, line in enumerate(lines, 1):
        sheet.write_string(number, 0, line, styles.plain)
    number = len(lines) + 2
    for form in forms:
        sheet.write_string(number, 0, f"Biểu {form.code} – {form.name_vi}", styles.strong)
        number += 1
        for column in form.columns:
            if column.in_template:
                sheet.write_string(number, 0, column.heading_vi, styles.plain)
                sheet.write_string(number, 1, "Bắt buộc" if column.required else "", styles.plain)
                sheet.write_string(number, 2, column.help_vi, styles.plain)
                number += 1
        number += 1
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
