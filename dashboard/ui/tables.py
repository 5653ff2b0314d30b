"""Tables as HTML: tabular figures, marks with words, and rows that turn into small cards on a phone.

`st.dataframe` draws on a canvas: on a phone its text is cut, it does not print, and its links are not links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from dashboard.charts.theme import verdict_style
from dashboard.language.numbers import MISSING

NO_TARGET = "no_target"

Align = Literal["left", "right", "whole"]
"""`whole` stands left and does not break over lines."""


@dataclass(frozen=True)
class Column:
    """A heading, and on which side its cells stand."""

    title: str
    align: Align = "left"


@dataclass(frozen=True)
class Cell:
    """One cell: its text, perhaps a link, a mark before it and a quiet second line."""

    text: str
    href: str | None = None
    mark: str | None = None
    note: str | None = None
    tone: Literal["plain", "good", "bad", "quiet"] = "plain"


@dataclass(frozen=True)
class Table:
    """Columns and rows; the first column names the row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = field(default_factory=tuple)
    caption: str = ""
    is_narrow: bool = False
    """A few short columns: as wide as a column of a newspaper, not as the page."""


def without_blank_columns(table: Table) -> Table:
    """Return the table without columns that say nothing in any row: dashes alone, or "no target" alone."""
    kept = [
        place
        for place in range(len(table.columns))
        if place == 0 or any(_says_something(row[place]) for row in table.rows)
    ]
    columns = [table.columns[place] for place in kept]
    return Table(
        columns, [[row[place] for place in kept] for row in table.rows], table.caption, table.is_narrow
    )


def _says_something(cell: Cell) -> bool:
    return cell.text != MISSING and cell.mark != NO_TARGET


def html(table: Table, is_long: bool = False) -> str:
    """Return the table as HTML; every text is escaped. `is_long` puts it into a box of its own that scrolls."""
    head = "".join(
        f'<th scope="col" class="{column.align}">{escape(column.title)}</th>' for column in table.columns
    )
    body = "".join(f"<tr>{_row(table.columns, row)}</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    box = f"table-box{' long' if is_long else ''}{' narrow' if table.is_narrow else ''}"
    tab_stop = ' tabindex="0" role="region"' if is_long else ""
    label = f' aria-label="{escape(table.caption)}"' if is_long and table.caption else ""
    return (
        f'<div class="{box}"{tab_stop}{label}><table class="figures">{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def mark(verdict: object) -> str:
    """Return the mark of a verdict in its colour; the word must stand beside it."""
    style = verdict_style(verdict)
    colours = f"--fill:{style.colour};--edge:{style.outline}"
    return f'<span class="mark mark-{style.code}" style="{colours}" aria-hidden="true"></span>'


def _row(columns: Sequence[Column], cells: Sequence[Cell]) -> str:
    parts = []
    for position, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        content = escape(cell.text)
        if cell.href:
            content = f'<a href="{escape(cell.href, quote=True)}">{content}</a>'
        if cell.mark:
            content = f"{mark(cell.mark)} {content}"
        if cell.note:
            content += f'<span class="note">{escape(cell.note)}</span>'
        tag = 'th scope="row"' if position == 0 else "td"
        label = f' data-label="{escape(column.title, quote=True)}"'
        # A dash says nothing on a phone, where each cell bears its heading: the style sheet leaves it out there.
        kind = f"{column.align} {cell.tone}{' blank' if cell.text == MISSING and not cell.mark else ''}"
        parts.append(f'<{tag} class="{kind}"{label}><span>{content}</span></{tag.split(maxsplit=1)[0]}>')
    return "".join(parts)
