"""A release made by hand: the heir of a province, its predecessor and a commune, with rows on complaints; some are hostile."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.dashboard.fixture_tables import published_columns
from warehouse.inspection.content import MARTS
from warehouse.inspection.request import Request, Unit
from warehouse.inspection.topics import load_topics
from warehouse.intake.arrive import archive
from warehouse.release.store import Release
from warehouse.settings import Settings

HEIR, FORMER, COMMUNE, STRANGER = "08@2025-07-01", "02@0", "00691@2025-07-01", "20@2025-07-01"
GOOD_FILE, DAMAGED_FILE, LOST_FILE = b"as it was sent", b"as it was sent too", b"never archived"
HOSTILE = '=HYPERLINK("http://evil","x")<script>alert(1)</script>'
READ = {"dim_indicators", "dim_periods", "dim_units", "rpt_releases", *MARTS.values()}
SUBMISSIONS = {"s-good": GOOD_FILE, "s-damaged": DAMAGED_FILE, "s-lost": LOST_FILE}
LAST_MONTH = date(2026, 10, 31)


def sha256(content: bytes) -> str:
    """Return the hash by which a file is known."""
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return a data folder with the release, and an archive that has one file, has another one damaged and lacks the third."""
    made = Settings(data_dir=tmp_path, fixed_as_of_date=date(2026, 11, 20))
    for content, kept in ((GOOD_FILE, GOOD_FILE), (DAMAGED_FILE, b"changed since")):
        _archive(made, sha256(content), kept)
    return made


@pytest.fixture
def release(settings: Settings) -> Release:
    """Return the release."""
    settings.published_dir.mkdir()
    path = settings.published_dir / "r1.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        for table, columns in published_columns().items():
            if table in READ:
                connection.execute(f"create table marts.{table} ({', '.join(columns)})")
        for table, rows in _rows().items():
            for row in rows:
                marks = ", ".join(f"${name}" for name in row)
                connection.execute(f"insert into marts.{table} ({', '.join(row)}) values ({marks})", row)
    made = Release(
        release_id="r1",
        file=path.name,
        sha256=sha256(path.read_bytes()),
        built_at=datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
        as_of_date=date(2026, 11, 20),
        code_version="fixture",
        input_fingerprint="fixture",
        file_count=3,
        submission_count=3,
        indicator_value_count=3,
        model_count=0,
        tables={},
        folder=settings.published_dir,
    )
    settings.current_path.write_text(made.as_json())
    return made


@pytest.fixture
def request_for(settings: Settings) -> Callable[..., Request]:
    """Return a maker of requests for Tuyên Quang from 2024-01 to 2026-10."""

    def make(topic: str = "complaints", unit_key: str = HEIR, **changes: Any) -> Request:
        topics = load_topics(settings.seeds_dir, LAST_MONTH)
        unit = Unit(unit_key, unit_key.partition("@")[0], "Tỉnh Tuyên Quang")
        return Request(topics[topic], unit, date(2024, 1, 1), LAST_MONTH, **changes)

    return make


def _archive(settings: Settings, file_sha256: str, kept: bytes) -> None:
    archived = archive.ArchivedFile(
        *(file_sha256, "báo cáo.csv", datetime(2026, 11, 1, tzinfo=UTC), len(kept), "inbox", False),
        archive.archive_name(file_sha256, "báo cáo.csv"),
    )
    path = archive.content_path(settings, archived)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(kept)
    archive.metadata_path(settings, file_sha256).write_bytes(archive.metadata_bytes(archived))


def _rows() -> dict[str, list[dict[str, Any]]]:
    at = {"period_code": "2026-9M", "period_end_date": date(2026, 9, 30)}
    early = {"period_code": "2023", "period_end_date": date(2023, 12, 31)}
    complaints = {"indicator_code": "KNTC_GQ", "lens": "as_reported"}
    other = complaints | {"indicator_code": "TODV_THON"}
    document = {"unit_key": COMMUNE, "document_date": date(2026, 5, 4), "submission_id": "s-lost"}
    item = {"unit_key": COMMUNE, "source_date": date(2026, 5, 4), "submission_id": "s-lost"}
    value = {"indicator_code": "KNTC_GQ", "period_code": "2026-9M", "is_simulated": False}
    return {
        "dim_periods": [at, early],
        "dim_indicators": [
            {"indicator_code": "KNTC_GQ", "indicator_name_vi": "Giải quyết khiếu nại, tố cáo"}
        ],
        "dim_units": [
            _unit(HEIR, "province", HEIR, None, valid_from=date(2025, 7, 1)),
            _unit(FORMER, "province", HEIR, None, valid_to=date(2025, 6, 30)),
            _unit(COMMUNE, "commune", COMMUNE, HEIR, valid_from=date(2025, 7, 1)),
            _unit(STRANGER, "province", STRANGER, None, valid_from=date(2025, 7, 1)),
        ],
        "rpt_indicator_series": [
            _figure(HEIR, 88.0, at, complaints, coverage_ratio=0.5),
            _figure(FORMER, 77.0, at, complaints, coverage_ratio=1.0),
            _figure(STRANGER, 66.0, at, complaints),
            _figure(HEIR, 55.0, early, complaints),
            _figure(HEIR, 44.0, at, other),
        ],
        "fct_indicator_values": [
            value
            | {"unit_key": COMMUNE, "value": 91.0, "submission_id": "s-good", "sheet": "BC", "cell": "F4"},
            value | {"unit_key": FORMER, "value": 92.0, "submission_id": "s-damaged", "sheet": HOSTILE},
            value | {"unit_key": STRANGER, "value": 93.0, "submission_id": "s-good"},
        ],
        "fct_documents": [
            document | {"document_no": "01", "title": "Kế hoạch TIẾP CÔNG DÂN năm 2026"},
            document | {"document_no": "02", "title": "Kế hoạch trồng cây"},
        ],
        "fct_commitments": [
            item | {"item_code": "a", "category": "complaints", "statement": HOSTILE},
            item | {"item_code": "b", "category": "other", "statement": "Đơn khiếu nại kéo dài"},
            item | {"item_code": "c", "category": "other", "statement": "Đường xuống cấp"},
        ],
        "fct_submissions": [
            {"submission_id": key, "form": "BC", "file_name": f"{key}.csv", "file_sha256": sha256(content)}
            for key, content in SUBMISSIONS.items()
        ],
    }


def _unit(key: str, level: str, current: str, parent: str | None, **dates: date) -> dict[str, Any]:
    return {
        "unit_key": key,
        "unit_code": key.partition("@")[0],
        "unit_name": f"Đơn vị {key}",
        "level": level,
        "series_key": key,
        "parent_series_key": parent,
        "current_unit_key": current,
        "is_current": key == current,
        **dates,
    }


def _figure(unit_key: str, value: float, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "unit_key": unit_key,
        "value": value,
        "is_simulated": True,
        "source_kind": "reported",
    }
    return row | more | {name: cell for part in parts for name, cell in part.items()}
