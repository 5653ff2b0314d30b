"""The headline of the catalogue, and the meaning of tables, columns and indicators in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence, Sized

from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from warehouse.release import dictionary

NAME_SEPARATOR = " · "


def headline(
    asked: str,
    content: Sequence[dictionary.Table],
    indicator_count: int,
    found: tuple[Sized, Sized, Sized],
    language: Language,
) -> str:
    """Say how many tables, columns and indicators there are, or how many of them were found."""
    columns = [column for table in content for column in table.columns]
    everything = (len(content), len(columns), indicator_count)
    counts = tuple(map(len, found)) if asked else everything
    texts = (numbers.number(count, language) for count in counts)
    values = dict(zip(("tables", "columns", "indicators"), texts, strict=True))
    if not asked:
        return language("catalogue.headline", **values)
    if not any(counts):
        return language("catalogue.headline_none", text=asked)
    return language("catalogue.headline_found", text=asked, **values)


def table_name(table: dictionary.Table, language: Language) -> str:
    """Return the table's name for the reader: Vietnamese where there is one, its own name in English."""
    return table.name_vi if language.code == "vi" and table.name_vi else table.name


def column_name(column: dictionary.Column, language: Language) -> str:
    """Return the column's name for the reader: Vietnamese where there is one, its own name in English."""
    return column.name_vi if language.code == "vi" and column.name_vi else column.name


def text_of(table: dictionary.Table, language: Language) -> str:
    """Return the table's description, in the reader's language where there is one."""
    return table.description_vi if language.code == "vi" and table.description_vi else table.description


def description_of(column: dictionary.Column, language: Language) -> str:
    """Return the column's description, in the reader's language where there is one."""
    return column.description_vi if language.code == "vi" and column.description_vi else column.description


def definition_text(row: Row, language: Language) -> str:
    """`numerator / denominator` in words; the numerator alone for a count; a dash where neither is known."""
    if not numbers.is_known(row.numerator_vi):
        return numbers.MISSING
    if not numbers.is_known(row.denominator_vi):
        return str(row.numerator_vi)
    return language("catalogue.fraction", part=row.numerator_vi, whole=row.denominator_vi)


def type_text(column: dictionary.Column, language: Language) -> str:
    """`whole number, count`: the type, and the unit that it is measured in."""
    unit = column.unit_vi if language.code == "vi" else column.unit
    kind = language.name("type", column.data_type)
    return f"{kind}, {unit}" if unit and unit != kind else kind


def tested_text(column: dictionary.Column, language: Language) -> str:
    """Say which tests each release passes for the column, and what it is joined to; a dash where there is neither."""
    said = [
        language("catalogue.key") if column.is_key else "",
        language("catalogue.required") if column.is_required and not column.is_key else "",
        language("catalogue.refers_to", name=column.refers_to) if column.refers_to else "",
        language("catalogue.joins_to", name=column.joins_to)
        if column.joins_to and column.joins_to != column.refers_to
        else "",
        language("catalogue.one_of", values=", ".join(column.values)) if column.values else "",
    ]
    return NAME_SEPARATOR.join(text for text in said if text) or numbers.MISSING


def span_text(target: Row, language: Language) -> str:
    """Say from when to when a target is valid; a dash where it always is."""
    since = target.valid_from
    first = language("unit.since", date=dates.day(since, language)) if numbers.is_known(since) else ""
    return (
        " ".join(part for part in (first, until_text(target.valid_to, language)) if part) or numbers.MISSING
    )


def scope_note(target: Row, language: Language) -> str:
    """Say which level below the scope a target binds, and until when the scope existed; empty where neither is limited."""
    level = language.name("level", target.level) if numbers.is_known(target.level) else ""
    return NAME_SEPARATOR.join(text for text in (level, until_text(target.unit_valid_to, language)) if text)


def until_text(day: object, language: Language) -> str:
    """Say until when something is valid; empty where it has no end."""
    return language("unit.until", date=dates.day(day, language)) if numbers.is_known(day) else ""
