"""Frames of records (submissions, findings, values received, successions, models) as the rows of tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import formats
from dashboard.language import Language
from dashboard.rows import Link
from dashboard.tables import Cell, Column, Table

ELEMENTS = ("measure", "baseline", "target", "due_date", "owner", "resources", "beneficiaries")
"""What makes a registration concrete: one point each."""


def submissions_table(frame: pd.DataFrame, language: Language) -> Table:
    """Submissions with file, time, state and findings."""
    keys = ["form", "period", "received", "status", "findings", "rows"]
    columns = [Column(language("column.file"))]
    columns += [
        Column(language(f"column.{key}"), "right" if key in ("findings", "rows") else "left") for key in keys
    ]
    rows = []
    for row in frame.itertuples():
        findings = language(
            "submission.findings",
            errors=formats.number(row.error_count, language),
            warnings=formats.number(row.warning_count, language),
        )
        revision = language("submission.revision", n=formats.number(row.revision, language))
        rows.append(
            [
                Cell(
                    row.file_name,
                    note=revision if formats.is_known(row.revision) and row.revision > 1 else None,
                ),
                Cell(language.name("form", row.form)),
                Cell(formats.period(row.period_code, language)),
                Cell(formats.moment(row.received_at, language)),
                Cell(
                    language.name("status", row.status), tone="bad" if row.status == "returned" else "plain"
                ),
                Cell(findings),
                Cell(formats.number(row.row_count, language)),
            ]
        )
    return Table(columns, rows)


def findings_table(frame: pd.DataFrame, language: Language) -> Table:
    """Findings with the cell, what was found and what is suggested."""
    keys = ["message", "cell", "severity", "found", "suggested"]
    rows = [
        [
            Cell(str(row.message_en if language.code == "en" else row.message_vi)),
            Cell(place_text(row.sheet, row.cell)),
            Cell(language.name("severity", row.severity)),
            Cell(_text(row.found_value)),
            Cell(_text(row.suggested_value)),
        ]
        for row in frame.itertuples()
    ]
    return Table([Column(language(f"column.{key}")) for key in keys], rows)


def lineage_table(frame: pd.DataFrame, files: pd.DataFrame, language: Language) -> Table:
    """Values received with the file, sheet and cell they came from; superseded ones say so."""
    by_id = dict(zip(files["submission_id"], files["file_name"], strict=True))
    keys = ["parts", "value", "file", "cell", "known_from"]
    columns = [Column(language("column.unit"))]
    columns += [
        Column(language(f"column.{key}"), "right" if key in ("parts", "value") else "left") for key in keys
    ]
    rows = []
    for row in frame.itertuples():
        parts = f"{formats.number(row.numerator, language)}/{formats.number(row.denominator, language)}"
        has_parts = formats.is_known(row.numerator) and formats.is_known(row.denominator)
        superseded = language("lineage.superseded", time=formats.moment(row.known_to, language))
        rows.append(
            [
                Cell(row.unit_name, note=superseded if formats.is_known(row.known_to) else None),
                Cell(parts if has_parts else formats.MISSING),
                Cell(formats.measure(row.value, "", has_parts, language)),
                Cell(_text(by_id.get(row.submission_id))),
                Cell(place_text(row.sheet, row.cell)),
                Cell(formats.moment(row.known_from, language)),
            ]
        )
    return Table(columns, rows)


def relations_table(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """Predecessors and successors with date, kind and share."""
    keys = ["relation", "effective_date", "kind", "share"]
    rows = [
        [
            Cell(row.unit_name, href=link(row)),
            Cell(language("relation.predecessor" if row.is_predecessor else "relation.successor")),
            Cell(formats.day(row.effective_date, language)),
            Cell(language.name("succession", row.kind)),
            Cell(formats.ratio(row.share, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table(
        [Column(language("column.unit")), *(Column(language(f"column.{key}")) for key in keys)], rows
    )


def models_table(frame: pd.DataFrame, fields: Mapping[str, str], language: Language, link: Link) -> Table:
    """Models under their names; an individual stands under the code alone."""
    keys = ["unit", "kind", "field", "registered", "quality", "lacking"]
    columns = [Column(language("column.model"))]
    columns += [
        Column(
            language(f"column.{key}"), "right" if key == "quality" else "whole" if key == "kind" else "left"
        )
        for key in keys
    ]
    rows = []
    for row in frame.itertuples():
        is_individual = row.kind == "individual"
        lacking = str(row.missing_elements).split(",") if formats.is_known(row.missing_elements) else []
        name = language("dvk.individual", code=row.model_code) if is_individual else _text(row.model_name)
        rows.append(
            [
                Cell(name, note=None if is_individual else row.model_code),
                Cell(row.unit_name, href=link(row)),
                Cell(language.name("kind", row.kind)),
                Cell(fields.get(row.field_code, _text(row.field_code))),
                Cell(formats.day(row.registered_date, language)),
                Cell(f"{formats.number(row.quality_score, language)}/{len(ELEMENTS)}"),
                Cell(
                    ", ".join(language.name("element", code) for code in lacking) or formats.MISSING,
                    tone="quiet",
                ),
            ]
        )
    return Table(columns, rows)


def place_text(sheet: object, cell: object) -> str:
    """`Sheet!C7`, as Excel writes it; either part may be unknown."""
    known = [text for text in (_text(sheet), _text(cell)) if text != formats.MISSING]
    return "!".join(known) or formats.MISSING


def _text(value: object) -> str:
    return str(value) if formats.is_known(value) and str(value) else formats.MISSING
