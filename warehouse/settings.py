"""Every path and option, derived from the environment. Imports nothing of ours and does no I/O."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PROJECT_DIR = Path(__file__).resolve().parent.parent
LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SAMPLES = ("small", "none", "national")


@dataclass(frozen=True)
class Settings:
    """One installation: the folders of its state and its options. Made by `load`."""

    data_dir: Path
    sample: str = "small"
    dashboard_port: int = 8501
    airflow_port: int = 8080
    parse_processes: int = 2
    releases_kept: int = 10
    partial_from_figures: int = 1_000_000
    fixed_as_of_date: date | None = None
    upload_max_megabytes: int = 20
    airflow_api_address: str | None = None

    @property
    def inbox_dir(self) -> Path:
        """The inbox, into which files are dropped; names that start with `.` are not yet complete."""
        return self.data_dir / "inbox"

    @property
    def archive_dir(self) -> Path:
        """The archive: each file unchanged, named by its hash, with its metadata beside it."""
        return self.data_dir / "archive"

    @property
    def returned_dir(self) -> Path:
        """Annotated workbooks and receipts, one folder a file."""
        return self.data_dir / "returned"

    @property
    def templates_dir(self) -> Path:
        """Workbooks to be filled in, one folder a period, one file a unit."""
        return self.data_dir / "templates"

    @property
    def warehouse_dir(self) -> Path:
        """Private files: the raw store, staged batches, the build."""
        return self.data_dir / "warehouse"

    @property
    def staged_dir(self) -> Path:
        """Parsed batches that are not yet recorded."""
        return self.warehouse_dir / "staged"

    @property
    def raw_path(self) -> Path:
        """The raw store: all reports sent, and the ledger of files and releases."""
        return self.warehouse_dir / "raw_store.duckdb"

    @property
    def snapshot_path(self) -> Path:
        """The raw store as the last build found it. It is replaced by rename and never written, so a reader may keep it open."""
        return self.warehouse_dir / "raw_snapshot.duckdb"

    @property
    def scoped_snapshot_path(self) -> Path:
        """The part of the snapshot that a build of some provinces reads."""
        return self.warehouse_dir / "raw_snapshot_scoped.duckdb"

    @property
    def build_path(self) -> Path:
        """The private file in which dbt builds."""
        return self.warehouse_dir / "build.duckdb"

    @property
    def published_dir(self) -> Path:
        """Releases and the pointer to the current one."""
        return self.data_dir / "published"

    @property
    def current_path(self) -> Path:
        """The pointer that readers follow; switched by rename."""
        return self.published_dir / "CURRENT.json"

    @property
    def parquet_dir(self) -> Path:
        """The current release's tables as Parquet."""
        return self.published_dir / "parquet"

    @property
    def airflow_home(self) -> Path:
        """Airflow's own state when it runs on one machine."""
        return self.data_dir / "airflow"

    @property
    def airflow_api_url(self) -> str:
        """The address of Airflow's API: AIRFLOW_API_URL, else a port on this machine."""
        return (self.airflow_api_address or f"http://127.0.0.1:{self.airflow_port}").rstrip("/")

    @property
    def dbt_project_dir(self) -> Path:
        """The dbt project."""
        return PROJECT_DIR / "dbt_project"

    @property
    def seeds_dir(self) -> Path:
        """Reference facts that the intake and the models share."""
        return self.dbt_project_dir / "seeds"

    def as_of_date(self) -> date:
        """The day for which figures are judged: today in Viet Nam unless AS_OF_DATE fixes it."""
        return self.fixed_as_of_date or datetime.now(LOCAL_ZONE).date()


def load() -> Settings:
    """Read the environment. Raises ValueError, naming the variable, when a value makes no sense."""
    sample = os.environ.get("SAMPLE") or "small"
    if sample not in SAMPLES:
        raise ValueError(f"SAMPLE is {sample!r}: use one of {', '.join(SAMPLES)}")
    as_of_text = os.environ.get("AS_OF_DATE")
    return Settings(
        data_dir=(PROJECT_DIR / (os.environ.get("DATA_DIR") or "data")).resolve(),
        sample=sample,
        dashboard_port=_integer("DASHBOARD_PORT", 8501),
        airflow_port=_integer("AIRFLOW_PORT", 8080),
        parse_processes=_integer("PARSE_PROCESSES", 2),
        releases_kept=_integer("RELEASES_KEPT", 10),
        partial_from_figures=_integer("PARTIAL_FROM_FIGURES", 1_000_000),
        fixed_as_of_date=date.fromisoformat(as_of_text) if as_of_text else None,
        upload_max_megabytes=_integer("UPLOAD_MAX_MB", 20),
        airflow_api_address=os.environ.get("AIRFLOW_API_URL") or None,
    )


def _integer(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{name} is {text!r}: use a whole number from 1")
    return int(text)
