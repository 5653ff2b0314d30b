"""Finds the lines of a CSV that have another number of cells than the header: their figures stand in wrong columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.blocks import Block
from warehouse.intake.tables.data_rows import names_a_total
from warehouse.intake.tables.table import Table


def note_faulty_lines(table: Table, grid: Grid, block: Block) -> None:
    """Give the table an issue for each faulty line below its header, and such a line itself where it was passed over.

    A line of a few words without any digit is a signature and holds no figure, so its width does not matter.
    """
    if not grid.is_csv:
        return
    header = block.header
    table.line_issues = {}
    table.line_width = max(map(len, grid.rows[header.first_row : header.first_row + header.depth]))
    known = set(table.row_numbers)
    missing: dict[int, Sequence[Any]] = {}
    for number, cells in islice(grid.numbered_rows(block.start), block.end and block.end - block.start):
        rule = grid.line_faults.get(number)
        if rule is None and (len(cells) == table.line_width or not _holds_figures(cells)):
            continue
        params = {"line": number, "cells": len(cells), "expected": table.line_width}
        table.line_issues[number] = Issue(rule or "csv_line_width", params=params, cell=f"A{number}")
        if number not in known:
            missing[number] = cells
    if missing:
        _add(table, missing)


def _holds_figures(cells: Sequence[Any]) -> bool:
    return any(letter.isdigit() for cell in cells for letter in str(cell)) and not any(
        map(names_a_total, cells)
    )


def _add(table: Table, missing: dict[int, Sequence[Any]]) -> None:
    width = max(table.columns.values()) + 1
    rows = dict(zip(table.row_numbers, table.rows, strict=True))
    for number, cells in missing.items():
        rows[number] = [*cells, *[""] * (width - len(cells))]
    table.row_numbers = sorted(rows)
    table.rows = [rows[number] for number in table.row_numbers]
