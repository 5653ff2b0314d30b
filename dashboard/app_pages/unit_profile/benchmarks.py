"""A unit's latest rates beside those of the other units of its region, size or type."""

from __future__ import annotations

from dashboard.data.release import Frame
from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import address, blocks
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View

BETTER = {"higher": "above", "lower": "below"}
WORSE = {"higher": "below", "lower": "above"}


def draw_benchmarks(view: View, unit: Row, lens: str) -> None:
    """Draw the choice of a group and the table; nothing where the unit is in no group with figures."""
    found = view.read("benchmarks", lens=lens, unit_key=unit.unit_key)
    if found.empty:
        return
    language = view.language
    groups = {row.group_key: _group_name(row, language) for row in found.itertuples()}
    with blocks.folded(language("benchmark.title"), language("benchmark.sentence")):
        chosen = address.select(
            view,
            "group",
            label=language("choice.group"),
            options=list(groups),
            default=next(iter(groups)),
            text=groups.__getitem__,
        )
        rows = found[found["group_key"] == chosen]
        blocks.note(summary(rows, groups[chosen], language))
        blocks.table(view, benchmarks(rows, language))


def summary(rows: Frame, group: str, language: Language) -> str:
    """Say in how many rates the unit is surely better or worse than the others of the group."""
    better = rows[rows["comparison"] == rows["direction"].map(BETTER)]
    worse = rows[rows["comparison"] == rows["direction"].map(WORSE)]
    counts = {"better": len(better), "worse": len(worse), "n": len(rows)}
    return language(
        "benchmark.summary", group=group, **{key: numbers.number(n, language) for key, n in counts.items()}
    )


def benchmarks(rows: Frame, language: Language) -> Table:
    """Rates with the unit's value, the others' value, and whether the intervals meet."""
    columns = [
        Column(language("column.indicator")),
        Column(language("column.value"), "right"),
        Column(language("column.others"), "right"),
        Column(language("column.comparison")),
    ]
    return Table(columns, [_cells(row, language) for row in rows.itertuples()])


def _cells(row: Row, language: Language) -> list[Cell]:
    others = language.count(
        "benchmark.others", int(row.others_units), n=numbers.number(row.others_units, language)
    )
    return [
        Cell(names.indicator_name(row, language), note=dates.period(row.period_code, language)),
        Cell(figures.value_text(row, language), note=_interval(row.value_low, row.value_high, row, language)),
        Cell(
            figures.amount_text(row, row.others_value, language),
            note=f"{_interval(row.others_low, row.others_high, row, language)} · {others}",
        ),
        Cell(
            language(f"benchmark.{row.comparison}"),
            tone="quiet" if row.comparison == "not_apart" else "plain",
        ),
    ]


def _interval(low: float, high: float, row: Row, language: Language) -> str:
    ends = [figures.amount_text(row, end, language) for end in (low, high)]
    return language("about.span", low=ends[0], high=ends[1])


def _group_name(row: Row, language: Language) -> str:
    return str(row.group_name_en if language.code == "en" else row.group_name_vi)
