"""What a figure is made of: the unit's own report, or the parts that add up to it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from dashboard.lineage import contributing

COLUMNS = ["unit_key", "parent_unit_key", "grandparent_unit_key", "rollup", "is_own", "value", "known_to"]


def found(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Values received."""
    return pd.DataFrame(rows, columns=COLUMNS)


def test_the_units_own_report_with_its_revisions() -> None:
    frame = found(
        ("P", "VN", None, "total_reported", True, 80.0, None),
        ("P", "VN", None, "total_reported", True, 75.0, pd.Timestamp("2026-10-01")),
        ("C", "P", "VN", "total_reported", False, 50.0, None),
    )
    rows, is_own = contributing(frame, SimpleNamespace(value=80.0))
    assert is_own
    assert rows["value"].tolist() == [80.0, 75.0]


def test_a_total_of_a_part_stands_for_what_is_below_it() -> None:
    frame = found(
        ("D", "P", "VN", "total_reported", False, 80.0, None),
        ("C1", "D", "P", "total_reported", False, 10.0, None),
        ("C2", "E", "P", "total_reported", False, 20.0, None),
        ("C3", "E", "P", "total_reported", False, 99.0, pd.Timestamp("2026-10-01")),
    )
    rows, is_own = contributing(frame, SimpleNamespace(value=42.0))
    assert not is_own
    assert rows["unit_key"].tolist() == ["D", "C2"]


def test_an_own_desk_is_one_more_part() -> None:
    frame = found(
        ("P", "VN", None, "own_plus_children", True, 98.0, None),
        ("C", "P", "VN", "own_plus_children", False, 90.0, None),
    )
    rows, is_own = contributing(frame, SimpleNamespace(value=95.5))
    assert not is_own
    assert rows["unit_key"].tolist() == ["P", "C"]


def test_nothing_received() -> None:
    rows, is_own = contributing(found(), SimpleNamespace(value=1.0))
    assert rows.empty
    assert not is_own
