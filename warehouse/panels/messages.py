"""What is said about a panel's workbook: rule code → Vietnamese, English."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "panel_sheet_unknown": (
        "Trang tính này không thuộc bộ số liệu đã khai báo nên không được đọc.",
        "This sheet is not part of the panel as it is described, so it was not read.",
    ),
    "panel_sheet_too_large": (
        "Trang tính có phạm vi ô quá lớn. Hãy xóa các dòng, cột trống rồi gửi lại.",
        "The sheet spans too many cells. Delete unused rows and columns and send it again.",
    ),
    "panel_year_unknown": (
        "Năm trong tên trang tính không có trong danh mục kỳ báo cáo, hoặc chưa tới.",
        "The year in the sheet's name is not in the list of periods, or is still to come.",
    ),
    "panel_year_twice": (
        "Hai trang tính cùng một năm; không rõ trang nào đúng nên không đọc trang nào của năm đó.",
        "Two sheets are of the same year; which one is right is not known, so neither was read.",
    ),
    "panel_value_too_large": (
        "Số này quá lớn, không thể là điểm hoặc số đo của bộ chỉ số nên không được lấy.",
        "This number is too large to be a score or measure of the panel, so it was not taken.",
    ),
    "panel_unreadable": (
        "Không mở được sổ tính: tệp hỏng, có mật khẩu hoặc không đúng định dạng.",
        "The workbook cannot be opened: it is damaged, has a password or is of another format.",
    ),
    "panel_heading_missing": (
        "Không thấy cột mã đơn vị hoặc cột tên đơn vị ở dòng tiêu đề.",
        "The column of unit codes or of unit names is missing from the heading row.",
    ),
    "panel_heading_twice": (
        "Hai cột có cùng tiêu đề; không rõ cột nào đúng nên trang tính không được đọc.",
        "Two columns have the same heading; which one is right is not known, so the sheet was not read.",
    ),
    "panel_measure_unknown": (
        "Thước đo này chưa có trong danh mục nên cột không được đọc. Cần bổ sung vào danh mục chỉ số.",
        "This measure is not listed, so its column was not read. Add it to the list of panel indicators.",
    ),
    "panel_unit_unknown": (
        "Không xác định được đơn vị: mã và tên không cùng chỉ một đơn vị còn hiệu lực cuối năm đó.",
        "The unit is not certain: code and name do not point to one unit alive at the end of that year.",
    ),
    "panel_unit_twice": (
        "Đơn vị xuất hiện hai lần trong trang tính; không rõ dòng nào đúng nên không lấy dòng nào.",
        "The unit stands twice in the sheet; which row is right is not known, so neither was taken.",
    ),
    "panel_value_not_a_number": (
        "Ô này không phải là số nên không được lấy.",
        "This cell is not a number, so it was not taken.",
    ),
    "panel_value_missing": (
        "Ô trống: đơn vị không có số liệu của thước đo này (không tính là 0).",
        "Blank cell: the unit has no figure for this measure (not counted as 0).",
    ),
    "panel_unit_without_values": (
        "Đơn vị không có số liệu nào trong năm này. Điểm tổng bằng 0 do công thức cộng ô trống, không phải "
        "là điểm.",
        "The unit has no figures for this year. A total of 0 comes from a formula over blank cells and is no"
        " score.",
    ),
    "panel_total_without_parts": (
        "Điểm tổng không được lấy vì thiếu điểm thành phần.",
        "The total was not taken because some of its parts are missing.",
    ),
    "panel_total_differs": (
        "Điểm tổng không bằng tổng các điểm thành phần.",
        "The total is not the sum of its parts.",
    ),
    "panel_without_figures": (
        "Sổ tính không có số liệu nào đọc được.",
        "The workbook holds no figures that can be read.",
    ),
}
