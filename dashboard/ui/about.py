"""The source of a figure in words: period, boundaries, source, coverage, release."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.language import figures, numbers
from dashboard.language.texts import Language


@dataclass(frozen=True)
class About:
    """The facts that stand under every picture and in every exported file."""

    period: str
    lens: str
    source: str
    coverage: str
    is_simulated: bool = False

    def lines(self, release_id: str, language: Language) -> list[str]:
        """Return the facts one by one; empty ones are left out."""
        facts = [
            ("about.period", self.period),
            ("about.lens", self.lens),
            ("about.source", self.source),
            ("about.coverage", self.coverage),
            ("about.release", release_id),
        ]
        said = [language(key, text=text) for key, text in facts if text and text != numbers.MISSING]
        return [*said, language("about.simulated")] if self.is_simulated else said


def coverage_span(frame: pd.DataFrame, language: Language) -> str:
    """`60 of 65 communes`, or from the least to the most covered figure where they differ."""
    known = frame.dropna(subset=["coverage_ratio"]).sort_values("coverage_ratio", kind="stable")
    if known.empty:
        return ""
    low, high = next(known.itertuples()), next(known.tail(1).itertuples())
    texts = [figures.coverage_text(row, language) for row in (low, high)]
    return texts[0] if texts[0] == texts[1] else language("about.span", low=texts[0], high=texts[1])


def sources(frame: pd.DataFrame, language: Language) -> str:
    """Name where the figures come from: units' reports, simulated reports, or the panels that published them."""
    is_panel = frame["is_panel"].fillna(False).astype(bool)
    is_simulated = frame["is_simulated"].fillna(False).astype(bool)
    names = [language("source.reports")] if (~is_panel & ~is_simulated).any() else []
    names += [language("source.simulated")] if is_simulated.any() else []
    names += sorted({str(source) for source in frame.loc[is_panel & ~is_simulated, "source"].dropna()})
    return "; ".join(names)
