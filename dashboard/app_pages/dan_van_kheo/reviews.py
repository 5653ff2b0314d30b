"""The reviews of a phase, mid-term and final: what the register counts, the target, and what was reported."""

from __future__ import annotations

from dashboard.data.release import Frame
from dashboard.language import dates, figures, numbers
from dashboard.language.texts import Language
from dashboard.ui import blocks
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View

WITHOUT_MARK = ("not_yet_due", "not_known")


def draw_reviews(view: View, reviews: Frame) -> None:
    """Draw the table of the reviews; nothing where the phase has none."""
    if not reviews.empty:
        language = view.language
        blocks.section(language("dvk.reviews_title"), language("dvk.reviews_sentence"))
        blocks.table(view, reviews_table(reviews, language))


def reviews_table(reviews: Frame, language: Language) -> Table:
    """Reviews in the order of their days; a review that is ahead shows the count so far."""
    keys = ("review", "measure_of_review", "counted", "target", "verdict", "reported")
    columns = [
        Column(language(f"column.{key}"), "right" if key in ("counted", "target", "reported") else "left")
        for key in keys
    ]
    rows = [
        [
            Cell(getattr(row, f"review_name_{language.code}"), note=dates.day(row.review_date, language)),
            Cell(language.name("review_measure", row.measure)),
            Cell(
                numbers.measure(row.value, row.unit, row.is_rate, language),
                note=numbers.coverage(row.numerator, row.denominator, language)
                if numbers.is_known(row.value)
                else None,
            ),
            Cell(figures.target_text(row, language)),
            Cell(
                language.name("verdict", row.verdict),
                mark=None if row.verdict in WITHOUT_MARK else row.verdict,
                tone="quiet" if row.verdict in WITHOUT_MARK else "plain",
            ),
            Cell(numbers.measure(row.reported_value, row.unit, row.is_rate, language), tone="quiet"),
        ]
        for row in reviews.itertuples()
    ]
    return Table(columns, rows)
