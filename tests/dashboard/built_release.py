"""A small release that the real chain built: files through the intake, dbt, audit, publication. Queries are tested on it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tests.dashboard.built_records import RECORDS
from tests.dashboard.fixture_release import LANG_SON, PHASE, TUYEN_QUANG
from tests.intake.history.ledger_kit import collect, drop
from tests.release.conftest import models_alone
from warehouse.release import audit, build, publish
from warehouse.settings import PROJECT_DIR, Settings

AS_OF = date(2026, 11, 20)
PERIODS = ("2025-6M", "2025-9M", "2026-6M", "2026-9M")
COMMUNES_PER_PROVINCE = 3
PARTY_BLOC = "20-DU-CQD@2025-07-01"
PARTY_COMMITTEES = ("20-CS-BTC", "20-CS-BTGDV")
"""Two committees of the bloc: their figures of cells add up to the figure of the bloc."""
BC_COLUMNS = ("unit_code", "period", "indicator_code", "numerator", "denominator", "value")
FAULTY = {
    "unit_code": "20",
    "period": "2026-Q1",
    "indicator_code": "KNTC_GQ",
    "numerator": 9,
    "denominator": 5,
}


def publish_small(folder: Path) -> None:
    """Send the files through the whole chain in a data folder."""
    settings = Settings(data_dir=folder, fixed_as_of_date=AS_OF)
    # The targets of the seeds that meet these reports are simulated, and bind simulated reports alone.
    simulated = {"is_simulated": True}
    drop(settings, "bao-cao.csv", _csv(_reports()), simulated)
    drop(settings, "mo-hinh.csv", _csv(_models()), simulated)
    drop(settings, "sai.csv", _csv([FAULTY]), simulated)
    for form, rows in RECORDS.items():
        drop(settings, f"{form}.csv", _csv(rows), simulated)
    collect(settings)
    with models_alone():
        build.build(settings)
    audit.audit(settings)
    publish.publish(settings)


def _reports() -> Iterable[Mapping[str, object]]:
    """Return reports of two provinces and some communes: rates that meet and miss targets, and totals of models."""
    for number, unit_code in enumerate(["20", "08", *_communes(LANG_SON), *_communes(TUYEN_QUANG)]):
        for period in PERIODS:
            common = {"unit_code": unit_code, "period": period}
            yield {**common, "indicator_code": "KNTC_GQ", "numerator": 379 + 10 * number, "denominator": 481}
            yield {**common, "indicator_code": "DT_SO", "value": 4 + number}
    for unit_code in ("20", "08"):
        for year in ("2024", "2025"):
            yield {"unit_code": unit_code, "period": year, "indicator_code": "DVK_DK", "value": 121}
    for unit_code in PARTY_COMMITTEES:
        cells = {"indicator_code": "QT_CB", "numerator": 4, "denominator": 5}
        yield {"unit_code": unit_code, "period": "2026-6M", **cells}


def _models() -> Iterable[Mapping[str, object]]:
    """Return models of the first communes of Lạng Sơn in two quarters; most of their elements are left out."""
    for number, unit_code in enumerate(_communes(LANG_SON)):
        yield {
            "unit_code": unit_code,
            "model_code": f"LS-{number:03d}",
            "model_name": "Tổ dân vận thôn giúp dân làm đường",
            "kind": "individual" if number else "collective",
            "field_code": "KT",
            "phase": PHASE,
            "level": "commune",
            "registered_date": ("15/02/2026", "20/08/2026")[number % 2],
            "lead_force": "Ban Công tác Mặt trận",
        }


def _communes(parent_unit_key: str) -> list[str]:
    path = PROJECT_DIR / "dbt_project" / "seeds" / "units.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        codes = [
            row["unit_code"] for row in csv.DictReader(stream) if row["parent_unit_key"] == parent_unit_key
        ]
    assert len(codes) >= COMMUNES_PER_PROVINCE
    return codes[:COMMUNES_PER_PROVINCE]


def _csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    written = list(rows)
    columns = list(dict.fromkeys(name for row in written for name in row))
    columns = list(BC_COLUMNS) if "indicator_code" in columns else columns
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(written)
    return stream.getvalue().encode()
