"""Words for outcomes and severities, the same on the command line, in receipts and in workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.forms.contract import load_forms

SEVERITIES_VI = {"error": "Lỗi", "warning": "Lưu ý", "info": "Thông tin"}
OUTCOMES_VI = {
    "accepted": "Được nhận",
    "accepted_with_warnings": "Được nhận, có lưu ý",
    "returned": "Gửi lại để sửa",
    "unreadable": "Không đọc được",
}
NEXT_STEP_VI = {
    "accepted": "Không cần làm gì thêm.",
    "accepted_with_warnings": "Số liệu đã được ghi nhận; hãy xem lại các lưu ý dưới đây.",
    "returned": "Hãy sửa các ô được đánh dấu (có ghi chú trong ô) rồi gửi lại chính tệp này.",
    "unreadable": "Hãy làm theo hướng dẫn dưới đây rồi gửi lại.",
}


def form_title_vi(code: str) -> str:
    """Return `Biểu BC (Báo cáo chỉ tiêu)` for a form; any other code is a published panel: `Bộ số liệu PAPI`."""
    form = load_forms().get(code)
    return f"Biểu {form.code} ({form.name_vi})" if form else f"Bộ số liệu {code}"


def listed_briefly(texts: Sequence[str], limit: int) -> str:
    """Return the first texts with commas between them, and `…` after the last one shown where there are more."""
    return ", ".join(texts[:limit]) + (", …" if len(texts) > limit else "")
