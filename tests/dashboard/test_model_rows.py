"""What the Dân vận khéo page says of progress."""

from __future__ import annotations

import pandas as pd

from dashboard import model_rows
from dashboard.language import language


def funnel(recognised: list[int | None]) -> pd.DataFrame:
    """A funnel of two fields, in which twice as many are awarded and none replicated."""
    awarded = [None if n is None else 2 * n for n in recognised]
    replicated = [None if n is None else 0 for n in recognised]
    return pd.DataFrame(
        {
            "registered_count": [1200, 30],
            "recognised_count": pd.array(recognised, dtype="Int64"),
            "awarded_count": pd.array(awarded, dtype="Int64"),
            "replicated_count": pd.array(replicated, dtype="Int64"),
        }
    )


PARTS = pd.DataFrame({"model_count": [3, 0]})


def test_progress_is_told_in_the_readers_numbers() -> None:
    counts = model_rows.counts(funnel([1000, 20]), PARTS)
    assert (counts.registered, counts.recognised, counts.awarded, counts.replicated) == (1230, 1020, 2040, 0)
    sentence = model_rows.progress_sentence(counts, language("vi"))
    assert sentence == "Đến nay 1.020 mô hình được công nhận, 2.040 được khen thưởng, 0 được nhân rộng."


def test_what_is_not_collected_is_no_zero() -> None:
    counts = model_rows.counts(funnel([None, None]), PARTS)
    assert counts.recognised is None
    assert "chưa thu thập" in model_rows.progress_sentence(counts, language("vi"))
