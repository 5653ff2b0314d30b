"""Which parts of a province (or of the country) miss most targets."""

from __future__ import annotations

from dashboard import components, formats, labels, rows
from dashboard.data import Frame
from dashboard.view import View

SHOWN = 10


def draw_units_behind(view: View, parts: Frame, period_text: str) -> None:
    """The units with most missed targets, each with the names of what it misses."""
    language = view.language
    indicators = view.read("indicators")
    names = {row.indicator_code: labels.indicator_name(row, language) for row in indicators.itertuples()}
    behind = parts[parts["missed_count"] > 0].head(SHOWN)
    if behind.empty:
        return
    components.section(language("overview.behind_title", period=formats.in_sentence(period_text, language)))
    components.table(
        view,
        rows.behind_table(
            behind,
            names,
            language,
            lambda row: view.link("unit_profile", {"province": row.province_code, "unit": row.unit_key}),
        ),
    )
