"""The picture of the overview: the rates that have a target, the furthest from it on top."""

from __future__ import annotations

from dashboard.charts.dots import ranked_dots
from dashboard.data.release import Frame
from dashboard.language import names, numbers
from dashboard.ui import blocks, indicators
from dashboard.ui.about import About
from dashboard.ui.view import View


def draw_targets(view: View, own: Frame, period_text: str, about: About) -> bool:
    """Draw the rates with a target in the order given; return whether there are any."""
    language = view.language
    aimed = indicators.judged(own[own["is_rate"].astype(bool)])
    if aimed.empty:
        return False
    dots = indicators.dots(aimed, language, "indicator_code", lambda row: names.indicator_name(row, language))
    blocks.chart(
        view,
        ranked_dots(dots, numbers.separators(language), target_text=language("column.target"), suffix="%"),
        "targets",
        title=language("overview.chart_title", period=names.in_sentence(period_text, language)),
        sentence=language("overview.chart_sentence"),
        about=about,
        draw_legend=lambda: blocks.legend(language),
    )
    return True
