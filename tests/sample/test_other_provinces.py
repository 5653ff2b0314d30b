"""The provinces that send only their own totals: who reports, and what becomes of their figures at the merger."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from warehouse.sample.other_provinces import HARD_TO_REACH, REPORTED, write_other_provinces
from warehouse.sample.outbox import Outbox
from warehouse.sample.small import LATEST, NEW_PROVINCES, OLD_PROVINCES
from warehouse.settings import PROJECT_DIR

SEEDS_DIR = PROJECT_DIR / "dbt_project" / "seeds"
PERIODS = ("2025-06", "2025-6M", "2025-9M", "2025-10", "2026-02", "2026-10", "2025", "2021-2025")
Rows = dict[str, dict[str, dict[str, dict[str, str]]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outbox = Outbox(tmp_path_factory.mktemp("others"))
    outbox.start()
    write_other_provinces(outbox, SEEDS_DIR, OLD_PROVINCES + NEW_PROVINCES, PERIODS, LATEST)
    return outbox.folder


@pytest.fixture(scope="module")
def rows(folder: Path) -> Rows:
    """Rows by period, province code and indicator."""
    found: Rows = defaultdict(lambda: defaultdict(dict))
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            assert "mô phỏng" in stream.readline()
            for row in csv.DictReader(stream):
                assert row["indicator_code"] not in found[row["period"]][row["unit_code"]], "sent twice"
                found[row["period"]][row["unit_code"]][row["indicator_code"]] = row
    return found


def test_every_province_reports_but_the_one_that_is_hard_to_reach(rows: Rows) -> None:
    """Sixty provinces beside Lạng Sơn, Hà Giang and Tuyên Quang before the merger, 32 beside the two since."""
    cities = {code for code in rows["2025-06"] if len(code) == 2}
    assert len(cities) == len(rows["2025-06"]) == 60 - 2, "Bạc Liêu and Cà Mau have not begun"
    assert not cities & {"20", "02", "08", "95", "96"}
    code = HARD_TO_REACH.partition("@")[0]
    assert len(rows["2025-9M"]) == 31
    assert len(rows["2025-10"]) == 32
    assert code in rows["2025-10"]
    assert code not in rows["2026-02"]
    # Late for October 2026: the sample ends before the report arrives.
    assert code not in rows["2026-10"]
    assert {code for period in rows.values() for one in period.values() for code in one} <= set(REPORTED)


def test_a_merged_province_goes_on_where_its_parts_ended(rows: Rows) -> None:
    """Vĩnh Long is Bến Tre, Trà Vinh and Vĩnh Long: from January to June they had no more cases than the whole to September."""
    for indicator in ("KNTC_GQ", "KNTC_THQD", "DT_KL"):
        for column in ("numerator", "denominator"):
            parts = [int(rows["2025-6M"][code][indicator][column]) for code in ("83", "84", "86")]
            whole = int(rows["2025-9M"]["86"][indicator][column])
            assert 1.2 * sum(parts) < whole < 1.9 * sum(parts), (indicator, column, parts, whole)
    # Models in force at a year's end: those of the parts, of which nine in ten were registered by June.
    models = sum(int(rows["2025-6M"][code]["DVK_DK"]["value"]) for code in ("83", "84", "86"))
    assert abs(int(rows["2025"]["86"]["DVK_DK"]["value"]) - models / 0.9) <= 5


def test_provinces_differ_by_more_than_chance(rows: Rows) -> None:
    shares = sorted(
        int(one["KNTC_GQ"]["numerator"]) / int(one["KNTC_GQ"]["denominator"]) for one in rows["2025"].values()
    )
    assert len(shares) == 32
    assert 0.6 < shares[0] < shares[7] - 0.02 < shares[-8] - 0.04 < shares[-1] < 1


def test_late_files_arrive_after_the_due_date(folder: Path) -> None:
    """Monthly reports of provinces are due on the tenth working day: of October 2025 on 14 November."""
    for name, is_late in (("BC_cac-tinh_2025-10.csv", False), ("BC_cac-tinh_2025-10_bo-sung.csv", True)):
        facts = json.loads((folder / f".{name}.meta.json").read_text(encoding="utf-8"))
        assert (datetime.fromisoformat(facts["received_at"]).date().isoformat() > "2025-11-14") is is_late
        assert facts["is_simulated"]
