"""Finds the forms in a sheet: their headers, the title lines above, the data rows below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import Grid
from warehouse.intake.heads.head_period import decide_period
from warehouse.intake.heads.title_lines import read_title_lines
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.blocks import Block, divide, first_header
from warehouse.intake.sheets.csv_lines import note_faulty_lines
from warehouse.intake.sheets.how_sent import note_how_sent
from warehouse.intake.sheets.marked_cells import note_marked_cells
from warehouse.intake.sheets.measures import measures_of
from warehouse.intake.sheets.side_by_side import cut_side_by_side
from warehouse.intake.sheets.wide import Layout, below_header, find_wide
from warehouse.intake.sheets.wide_groups import groups_of
from warehouse.intake.sheets.wide_totals import compare_total_columns
from warehouse.intake.tables.data_rows import take_data_rows
from warehouse.intake.tables.header import Header, headings_of, note_headings
from warehouse.intake.tables.near_miss import NearMiss, nearest_form
from warehouse.intake.tables.table import Table, state
from warehouse.intake.tables.unit_columns import settle_unit_columns
from warehouse.reference.context import Reference
from warehouse.text.simulated import bears_notice

_SAID_ONCE = frozenset(("rows_passed_over", "rows_hidden", "columns_hidden"))
# A choice above a sheet's first table holds for all of them.
_HOW_SENT = frozenset(("how_sent_unclear", "how_sent_differs"))

_UNIT_COLUMNS = ("unit_code", "unit_name")
# The day only matters for the words of a question about the period.
_ANY_DAY = date(2000, 1, 1)


def find_tables(grids: Iterable[Grid], reference: Reference) -> list[list[Table]]:
    """Return the tables of all sheets, grouped by form: a report may be on several sheets."""
    by_form: dict[str, list[Table]] = {}
    not_read: list[NearMiss] = []
    for grid in grids:
        found = tables_in(grid, reference)
        for table in found:
            by_form.setdefault(table.form.code, []).append(table)
        if not found and (near := nearest_form(grid)) and near.missing:
            not_read.append(near)
    groups = list(by_form.values())
    if groups:
        # The cell is of another sheet than the finding's, so the words alone name it.
        groups[0][0].issues += [near.issue("sheet_like_form")._replace(cell=None) for near in not_read]
    return groups


def tables_in(grid: Grid, reference: Reference) -> list[Table]:
    """Return the tables of one sheet, one for each block of rows with a header, a unit or a period of its own."""
    header = first_header(grid)
    layout = None if header else find_wide(grid, reference)
    if layout:
        header = layout.as_header()
    if header is None:
        return []
    parts = [grid] if layout else cut_side_by_side(grid, header)
    if len(parts) > 1:
        # What stands above both tables holds for each of them.
        above = _empty_table(grid, Block(header, 0, header.first_row, header.first_row), None)
        tables = [
            table
            for part in parts
            if (own := first_header(part))
            for table in _below(part, own, None, above, reference)
        ]
    else:
        tables = _below(grid, header, layout, None, reference)
    is_simulated = bears_simulated_notice(grid, header.first_row + header.depth)
    filled = [table for table in tables if table.rows] or tables[:1]
    for table in filled:
        table.is_simulated = is_simulated
    if grid.hidden_sheets:
        filled[0].issues.insert(0, Issue("sheets_hidden", found=", ".join(grid.hidden_sheets)))
    if grid.far_cells:
        found = ", ".join(grid.far_cells)
        filled[0].issues.append(Issue("cells_far_away", found=found, params={"count": len(grid.far_cells)}))
    return filled


def _below(
    grid: Grid, header: Header, layout: Layout | None, earlier: Table | None, reference: Reference
) -> list[Table]:
    """Return the tables of all blocks from a header on. `earlier` says what the lines above leave out."""
    tables: list[Table] = []
    for block in divide(grid, header):
        if block.unread:
            (tables[0] if tables else _empty_table(grid, block, earlier)).issues.append(
                block.unread.issue("table_like_form")
            )
            continue
        if block.has_own_header and block.header is not header:
            layout = None
        if block.has_own_header and layout is None:
            layout = below_header(grid, block.header, reference)
            block.start += layout.depth - block.header.depth if layout else 0
        found = _tables_of(grid, block, layout, earlier)
        if layout:
            found[0].issues += compare_total_columns(layout, found[0], reference)
        earlier = found[0]
        tables += found
    return tables


def _tables_of(grid: Grid, block: Block, layout: Layout | None, earlier: Table | None) -> list[Table]:
    """Return the table of a block; of a block with a wide header one table for each unit, indicator and period."""
    table = _empty_table(grid, block, earlier)
    if layout is None:
        if block.has_own_header:
            note_headings(table, grid, block.header.first_row, block.header.depth)
        _fill(table, grid, block)
        return [table]
    tables: list[Table] = []
    for group in groups_of(layout, decide_period(table.head, table.form.dated_by, _ANY_DAY).period):
        rows_named = {name: at for name, at in group.columns.items() if name not in _UNIT_COLUMNS}
        units = {name: table.columns[name] for name in _UNIT_COLUMNS if name in table.columns}
        one = replace(
            table, columns=rows_named | units, issues=[*table.issues, *group.issues], stated={}, totals=[]
        )
        if not tables and block.has_own_header:
            one.issues += [Issue("column_unknown", cell=cell, found=text) for cell, text in layout.unknown]
        _fill(one, grid, block)
        if tables:
            # The first table of the block has said it.
            one.issues = [issue for issue in one.issues if issue.rule not in _SAID_ONCE]
        for name, (text, address) in group.stated.items():
            state(one, name, text, address)
        tables.append(one)
    return tables


def _fill(table: Table, grid: Grid, block: Block) -> None:
    table.measures = measures_of(table, grid, block)
    take_data_rows(table, grid, block.start, block.end, block.repeated)
    note_marked_cells(table, grid, block)
    note_faulty_lines(table, grid, block)
    if block.section:
        row, column = grid.first_row + block.section.row + 1, grid.first_column + block.section.column
        state(table, "unit_name", block.section.unit, f"{column_letters(column)}{row}")


def _empty_table(grid: Grid, block: Block, earlier: Table | None) -> Table:
    header = block.header
    columns, parent_columns = settle_unit_columns(header.form, header.columns, headings_of(grid, header))
    table = Table(
        form=header.form,
        sheet=grid.sheet,
        columns=columns,
        parent_columns=parent_columns,
        rows=[],
        row_numbers=[],
        first_column=grid.first_column,
        header_row_number=grid.first_row + block.start,
    )
    head = read_title_lines(grid, block.top, block.bottom)
    table.head = head.inside(earlier.head) if earlier else head
    comments = grid.comments if block.top == 0 else ()
    lines = grid.rows[block.top : block.bottom]
    above = replace(grid, rows=lines, first_row=grid.first_row + block.top, comments=comments)
    note_how_sent(table, above, len(lines))
    if earlier and table.how_sent is None and not table.issues:
        table.how_sent = earlier.how_sent
        table.issues += [issue for issue in earlier.issues if issue.rule in _HOW_SENT]
    return table


def bears_simulated_notice(grid: Grid, row_count: int) -> bool:
    """Return whether the first rows, or the comments on top of a CSV, bear the notice of simulated data.

    Ask about the rows above the data alone: text in a data row is the sender's own and marks nothing.
    """
    return bears_notice(grid.comments) or any(bears_notice(row) for row in grid.rows[:row_count])


def find_table(grid: Grid, reference: Reference) -> Table | None:
    """Return the only table of a sheet with nothing stated outside its rows; None for any other sheet."""
    header = first_header(grid)
    if header is None or len(cut_side_by_side(grid, header)) > 1:
        return None
    tables = tables_in(grid, reference)
    return tables[0] if len(tables) == 1 and not tables[0].stated else None
