"""The facts under every picture: how many units are covered, and where the figures come from."""

from __future__ import annotations

import pandas as pd

from dashboard.language.texts import language
from dashboard.ui.about import coverage_span, sources

VI = language("vi")


def test_coverage_is_told_as_a_span() -> None:
    frame = pd.DataFrame(
        {
            "reporting_units": [65, 60, None],
            "expected_units": [65, 65, 65],
            "coverage_ratio": [1.0, 60 / 65, None],
            "coverage_kind": ["communes", "communes_and_bodies", "units"],
        }
    )
    expected = "từ 60 trên 65 xã, phường và cơ quan đến 65 trên 65 xã, phường"
    assert coverage_span(frame, VI) == expected
    assert coverage_span(frame.iloc[:1], VI) == "65 trên 65 xã, phường"
    assert coverage_span(frame.iloc[2:], VI) == ""


def test_sources_tell_real_simulated_and_published_apart() -> None:
    frame = pd.DataFrame(
        {
            "is_panel": [False, False, True],
            "is_simulated": [True, False, False],
            "source": ["x", "y", "PAPI 2011–2016"],
        }
    )
    assert sources(frame, VI) == "báo cáo của đơn vị; báo cáo mô phỏng; PAPI 2011–2016"
