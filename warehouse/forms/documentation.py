"""A page for each form, and the JSON schema with which editors complete and check the contracts.

`python -m warehouse.forms.documentation` writes both, from the models that read the contracts.
"""

from __future__ import annotations

import json
from pathlib import Path

from warehouse.forms.contract import FORMS_DIR, Column, Form, HistoryCheck, load_forms
from warehouse.settings import PROJECT_DIR

DOCS_DIR = PROJECT_DIR / "docs" / "forms"
SCHEMA_PATH = FORMS_DIR / "form.schema.json"
_TYPES = {
    "unit": "mã đơn vị / unit code",
    "period": "kỳ / period",
    "indicator": "mã chỉ tiêu / indicator code",
    "code": "mã / code",
    "text": "chữ / text",
    "number": "số / number",
    "integer": "số nguyên / whole number",
    "date": "ngày / date",
    "list": "danh mục / list",
    "phase": "giai đoạn / phase",
}
_HOW_ACCEPTED = {
    True: "Cả biểu của một đơn vị trong một kỳ được nhận hoặc trả lại cùng nhau; bản được nhận sau thay toàn bộ bản "
    "trước, trừ khi ô “Cách gửi” ghi “chỉ sửa các dòng có trong tệp”: khi đó các dòng khác giữ nguyên. / All rows of a unit "
    "and period stand or fall together; a later accepted one replaces them all, unless the cell “Cách gửi” says “chỉ sửa các "
    "dòng có trong tệp”: then the other rows stay.",
    False: "Từng dòng được nhận hoặc trả lại riêng; dòng cùng khóa gửi sau thay dòng trước, không gửi lại thì không mất. "
    "/ Each row is accepted or asked back by itself; a later one with the same key replaces it.",
}


def page(form: Form) -> str:
    """Return the form's page in Markdown."""
    lines = [
        f"<!-- Generated from warehouse/forms/{form.code.lower()}.yml; do not edit. -->",
        f"# {form.code} – {form.name_vi} / {form.name_en}",
        "",
        f"{form.purpose_vi} / {form.purpose_en}",
        "",
        _HOW_ACCEPTED[form.is_accepted_whole],
        "",
        f"Khóa / key: {', '.join(f'`{name}`' for name in form.key)}. Kỳ theo / dated by: {_dates(form)}.",
        "",
        f"> {form.how_to_fill_vi}",
        "",
        "| cột / column | tiêu đề / heading | kiểu / type | bắt buộc / required | giải thích / help |",
        "|---|---|---|---|---|",
        *(_line(column) for column in form.stored_columns),
        "",
        "Cột đối chiếu, đọc nhưng không lưu / columns read for checking only:",
        "",
        "| cột / column | tiêu đề / heading | giải thích / help |",
        "|---|---|---|",
        *(
            f"| `{column.name}` | {column.heading_vi} / {column.heading_en} | {column.help_vi} |"
            for column in form.columns
            if column.helper
        ),
        "",
        "Tiêu đề khác cũng được hiểu / other headings that are understood:",
        "",
        *(f"- `{column.name}`: {'; '.join(column.aliases)}" for column in form.columns if column.aliases),
    ]
    if form.checks:
        lines += ["", f"Kiểm tra riêng của biểu / checks: {', '.join(f'`{name}`' for name in form.checks)}."]
    if form.history_checks:
        lines += [
            "",
            "Đối chiếu với số liệu đã gửi (chỉ hỏi lại, không trả lại biểu) / against what was sent before (questions only):",
            "",
            *(_history_line(check) for check in form.history_checks),
        ]
    return "\n".join(lines) + "\n"


def write_pages(folder: Path = DOCS_DIR) -> None:
    """Write the page of every form."""
    folder.mkdir(parents=True, exist_ok=True)
    for form in load_forms().values():
        (folder / f"{form.code}.md").write_text(page(form), encoding="utf-8")


def schema() -> str:
    """Return the JSON schema of a contract."""
    return json.dumps(Form.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(path: Path = SCHEMA_PATH) -> None:
    """Write the schema that the first line of each contract names."""
    path.write_text(schema(), encoding="utf-8")


def _history_line(check: HistoryCheck) -> str:
    params = ", ".join(f"{name} = {_as_text(value)}" for name, value in check.params.items())
    return f"- `{check.name}`" + (f": {params}" if params else "")


def _as_text(value: object) -> str:
    return " ".join(map(str, value)) or "–" if isinstance(value, tuple) else str(value)


def _dates(form: Form) -> str:
    names = [form.dated_by, form.dated_by_otherwise]
    return ", nếu trống thì / else ".join(f"`{name}`" for name in names if name)


def _line(column: Column) -> str:
    required = "có / yes" if column.required else ""
    kind = _TYPES[column.type]
    if column.values:
        kind += ": " + ", ".join(f"`{code}` {name}" for code, name in column.values.items())
    elif column.list:
        kind += f" `{column.list}`"
    return f"| `{column.name}` | {column.heading_vi} / {column.heading_en} | {kind} | {required} | {column.help_vi} |"


if __name__ == "__main__":
    write_pages()
    write_schema()
