"""Colours, marks and sizes, for charts and pages alike; the style sheet is in `dashboard.ui`."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "#FFFFFF"
INK = "#1F2933"
QUIET_INK = "#52606D"
RULE = "#D5DAE0"
GRID = "#E8EBEF"
LOTUS = "#A6192E"
ESTIMATE_LINE = "#52606D"
FONT_FAMILY = '"Source Sans", "Source Sans Pro", "DejaVu Sans", sans-serif'
SMALL_SIZE = 13
BODY_SIZE = 16

SEQUENTIAL = ("#E3EEF7", "#B5D3EA", "#7FB2D9", "#2F78B0", "#12507F")
"""Five steps of one hue, light to dark: safe for colour-blind readers and in grey print."""

NO_DATA_FILL = "#EEF0F3"


@dataclass(frozen=True)
class VerdictStyle:
    """The mark and colours of one verdict; the word beside the mark comes from the language files.

    `mark` is for plain text. A page draws it (`ui/style.css`, `.mark-<code>`): few fonts have all of these signs.
    """

    code: str
    mark: str
    colour: str
    outline: str


VERDICTS = {
    style.code: style
    for style in (
        VerdictStyle("met", "●", "#1B6CA8", "#1B6CA8"),
        VerdictStyle("narrowly_met", "◐", "#7FB2D9", "#1B6CA8"),
        VerdictStyle("narrowly_missed", "◑", "#F0B56A", "#C4501B"),
        VerdictStyle("missed", "○", "#C4501B", "#C4501B"),
        VerdictStyle("no_target", "–", "#9AA5B1", "#52606D"),
    )
}


def verdict_style(code: object) -> VerdictStyle:
    """Return the style of a verdict; an unknown verdict looks like "no target"."""
    return VERDICTS.get(str(code), VERDICTS["no_target"])


def text_on(fill: str) -> str:
    """Return ink or paper, whichever reads better on `fill` (WCAG relative luminance)."""
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two `#RRGGBB` colours, 1 to 21."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        value / 12.92 if value <= LINEAR_UNTIL else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LINEAR_UNTIL = 0.03928
"""WCAG: below this a channel of sRGB is linear."""
