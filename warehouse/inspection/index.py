"""The first thing that an inspector opens: what the pack holds, from which release, with which limits; in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from warehouse.inspection.content import Content
from warehouse.inspection.files import SourceFile
from warehouse.inspection.request import Request
from warehouse.release.store import Release
from warehouse.settings import LOCAL_ZONE

TITLES = {
    "figures": "Số liệu của đơn vị",
    "reported_values": "Giá trị đã báo cáo",
    "activities": "Hoạt động",
    "documents": "Văn bản",
    "conclusions": "Kết luận, kiến nghị",
    "restatements": "Số liệu đã thay đổi",
    "submissions": "Báo cáo đã gửi",
    "files": "Tệp nguồn",
}
TITLES_EN = {
    "figures": "Figures of the unit",
    "reported_values": "Values reported, with file, sheet and cell",
    "activities": "Activities",
    "documents": "Documents",
    "conclusions": "Conclusions and petitions",
    "restatements": "Figures changed after publication",
    "submissions": "Reports sent",
    "files": "Source files",
}
STATES = {
    "included": "có trong hồ sơ, đúng mã băm (included, hash checked)",
    "not_in_archive": "không có trong kho lưu trữ tại đây (not in the archive here)",
    "damaged": "bản lưu trữ không đúng mã băm, không kèm theo (archived copy differs from its hash, left out)",
    "left_out": "không kèm theo yêu cầu này (left out of this pack)",
}
_STYLE = (
    "body{font:16px/1.5 sans-serif;color:#1F2933;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}"
    "td{overflow-wrap:anywhere}.simulated{border-left:4px solid #A6192E;padding-left:.75rem}"
)


def lines(release: Release, request: Request, content: Content) -> list[str]:
    """Return what the pack is, one line each, Vietnamese before English."""
    topic, unit, found = request.topic, request.unit, content.tables
    months = f"{request.first_day:%Y-%m} – {request.last_day:%Y-%m}"
    built = release.built_at.astimezone(LOCAL_ZONE)
    figures, incomplete = len(found["figures"]), content.incomplete_figures
    said = [
        f"Hồ sơ phục vụ kiểm tra: {topic.name_vi} (Inspection pack: {topic.name_en})",
        f"Đơn vị (unit): {unit.unit_name}, mã (code) {unit.unit_code}, khóa (key) {unit.unit_key}",
        f"Thời gian (months): {months}",
        f"Bản phát hành (release): {release.release_id}, {built:%Y-%m-%d %H:%M} giờ Việt Nam (Viet Nam time),"
        f" tính đến (as of) {release.as_of_date}",
        f"Mã băm của bản phát hành (SHA-256 of the release): {release.sha256}",
        f"Phạm vi (scope): đơn vị, các đơn vị trước sắp xếp và mọi đơn vị trực thuộc; {content.unit_count} phiên bản đơn vị"
        " (the unit, the units that became it and all below them, as unit versions)",
        f"Chỉ tiêu (indicators): {', '.join(topic.indicators) or '–'}",
        f"Loại hoạt động (types of activity): {', '.join(topic.activity_types) or '–'}; chủ đề (topic): {topic.code}",
        f"Nhóm kết luận (categories of conclusions): {', '.join(topic.categories) or '–'}",
        f"Từ trong văn bản, kết luận (words in documents and conclusions): {', '.join(topic.document_words) or '–'}",
        f"Độ bao phủ (coverage): {incomplete} trên {figures} số liệu còn thiếu báo cáo của ít nhất một đơn vị"
        f" ({incomplete} of {figures} figures lack the report of at least one unit)",
    ]
    if content.is_simulated:
        said.append(
            "MÔ PHỎNG: hồ sơ có số liệu mô phỏng trên tên đơn vị thật (SIMULATED figures on real unit names)"
        )
    if content.is_empty:
        said.append(
            "Không có dữ liệu nào về chủ đề này trong thời gian đã chọn (nothing was found for this request)"
        )
    return said


def counts(content: Content, files: Sequence[SourceFile]) -> list[tuple[str, int]]:
    """Return the tables of the pack with their number of rows."""
    return [*((name, len(table)) for name, table in content.tables.items()), ("files", len(files))]


def readme(said: Sequence[str], rows: Sequence[tuple[str, int]]) -> str:
    """Return the index as plain text."""
    listed = [f"csv/{name}.csv: {TITLES[name]} ({TITLES_EN[name]}): {count}" for name, count in rows]
    opened = (
        "Mở index.html hoặc ho_so.xlsx; csv/ dành cho máy; SHA256SUMS.txt để kiểm tra hồ sơ"
        " (open index.html or ho_so.xlsx; csv/ is for machines; check the pack with SHA256SUMS.txt)"
    )
    return "\n".join([*said, "", opened, "", *listed, ""])


def html(said: Sequence[str], rows: Sequence[tuple[str, int]], files: Sequence[SourceFile]) -> str:
    """Return the index as a page with links into the pack; every text is escaped."""
    facts = "".join(f"<li>{escape(line)}</li>" for line in said[1:])
    tables = "".join(
        f'<tr><td><a href="csv/{name}.csv">{escape(TITLES[name])}</a> ({escape(TITLES_EN[name])})</td><td>{count}</td></tr>'
        for name, count in rows
    )
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(said[0])}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(said[0])}</h1><ul>{facts}</ul>"
        '<h2>Nội dung (content)</h2><p><a href="ho_so.xlsx">ho_so.xlsx</a> · <a href="README.txt">README.txt</a>'
        ' · <a href="SHA256SUMS.txt">SHA256SUMS.txt</a></p>'
        f"<table><tr><th>Bảng (table)</th><th>Số dòng (rows)</th></tr>{tables}</table>"
        "<h2>Tệp nguồn (source files)</h2><table><tr><th>Tên tệp (name)</th><th>SHA-256</th><th>Tình trạng (state)</th></tr>"
        f"{''.join(map(_file_row, files))}</table></body></html>\n"
    )


def _file_row(file: SourceFile) -> str:
    name = escape(file.file_name)
    link = f'<a href="{escape(file.name_in_pack, quote=True)}">{name}</a>' if file.name_in_pack else name
    return f"<tr><td>{link}</td><td>{escape(file.file_sha256)}</td><td>{escape(STATES[file.state])}</td></tr>"
