"""The ranked picture of a comparison: provinces from the best to the worst, with their intervals."""

from __future__ import annotations

from dashboard.charts.dots import ranked_dots
from dashboard.data.release import Frame
from dashboard.language import names, numbers
from dashboard.ui import blocks, indicators
from dashboard.ui.about import About
from dashboard.ui.view import View


def draw_ranks(view: View, found: Frame, chosen: str, name: str, about: About) -> None:
    """Draw the provinces in the order given, with their intervals and targets."""
    language = view.language
    has_interval = found["value_low"].notna().any()
    dots = indicators.dots(found, language, "province_code", lambda row: names.short_name(row.unit_name))
    blocks.chart(
        view,
        ranked_dots(
            dots,
            numbers.separators(language),
            target_text=language("column.target"),
            chosen=chosen,
            suffix="%" if found["is_rate"].iloc[0] else "",
            is_compact=True,
        ),
        "ranked",
        title=language("compare.ranked_title", name=names.in_sentence(name, language)),
        sentence=language("compare.ranked_sentence" if has_interval else "compare.ranked_sentence_plain"),
        about=about,
    )
