"""Builds the marts: one dbt build, in this process, in a private file that no reader ever opens."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.intake.durable import write_file
from warehouse.intake.store import open_store
from warehouse.release import store
from warehouse.release.earlier import lay_beside
from warehouse.release.fingerprint import code_version, input_fingerprint
from warehouse.release.store import Release
from warehouse.settings import Settings


class BuildFailed(RuntimeError):
    """A model or a test failed; nothing was published. The message names each of them."""


@dataclass(frozen=True)
class BuildSummary:
    """One build. It becomes a release once it is audited and published; times are UTC."""

    release_id: str
    built_at: datetime
    as_of_date: date
    code_version: str
    input_fingerprint: str


def is_up_to_date(settings: Settings) -> bool:
    """Whether the newest release was made from just these inputs."""
    published = store.releases(settings)
    if not published or store.current(settings) is None:
        return False
    return published[0].input_fingerprint == input_fingerprint(settings, settings.as_of_date())


def needs_build(settings: Settings) -> bool:
    """Whether a build should be started by itself: inputs changed, and the last build on them did not fail already."""
    if is_up_to_date(settings):
        return False
    fingerprint = input_fingerprint(settings, settings.as_of_date())
    failed_path = _failed_path(settings)
    return not failed_path.exists() or failed_path.read_text().strip() != fingerprint


def build(settings: Settings, history_of: Release | None = None) -> BuildSummary:
    """Run the models and their tests. Raises BuildFailed; the current release stays as it is.

    `history_of` is the release whose list of restatements is carried on, by default the newest one.
    """
    as_of = settings.as_of_date()
    built_at = datetime.now(UTC).replace(microsecond=0)
    fingerprint = input_fingerprint(settings, as_of)
    summary = BuildSummary(
        release_id=f"r{built_at:%Y%m%d-%H%M%S}-{fingerprint[:8]}",
        built_at=built_at,
        as_of_date=as_of,
        code_version=code_version(settings),
        input_fingerprint=fingerprint,
    )
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    _summary_path(settings).unlink(missing_ok=True)
    _take_snapshot(settings)
    lay_beside(settings, history_of)
    failures = _run_dbt(settings, summary)
    if failures:
        mark_failed(settings, fingerprint)
        raise BuildFailed("nothing was published; failed:\n" + "\n".join(f"  {line}" for line in failures))
    _failed_path(settings).unlink(missing_ok=True)
    write_file(_summary_path(settings), _as_json(summary).encode())
    return summary


def mark_failed(settings: Settings, fingerprint: str) -> None:
    """Remember that these inputs give no release, so that they are not built again by themselves."""
    write_file(_failed_path(settings), fingerprint.encode())


def last_build(settings: Settings) -> BuildSummary:
    """The build that lies in the private file, all its tests passed. Raises FileNotFoundError where there is none."""
    fields = json.loads(_summary_path(settings).read_text())
    fields |= {
        "built_at": datetime.fromisoformat(fields["built_at"]),
        "as_of_date": date.fromisoformat(fields["as_of_date"]),
    }
    return BuildSummary(**fields)


def dbt_target_dir(settings: Settings) -> Path:
    """Where dbt leaves its manifest and results."""
    return settings.warehouse_dir / "dbt_target"


def _run_dbt(settings: Settings, summary: BuildSummary) -> list[str]:
    """One line per model or test that failed, with its message; empty when all passed."""
    # Imported here: dbt takes a second to import, and only a build needs it.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    os.environ |= {
        "RAW_PATH": str(settings.snapshot_path),
        "BUILD_PATH": str(settings.build_path),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    variables = {
        "as_of_date": summary.as_of_date.isoformat(),
        "release_id": summary.release_id,
        "built_at": f"{summary.built_at:%Y-%m-%d %H:%M:%S}",
        "code_version": summary.code_version,
    }
    project_dir = str(settings.dbt_project_dir)
    arguments = ["build", "--project-dir", project_dir, "--profiles-dir", project_dir]
    arguments += [
        "--target-path",
        str(dbt_target_dir(settings)),
        "--log-path",
        str(settings.warehouse_dir / "dbt_logs"),
    ]
    arguments += ["--quiet", "--vars", json.dumps(variables)]
    try:
        result = dbtRunner().invoke(arguments)
    finally:
        # dbt keeps its DuckDB file open until the process ends; the audit opens it next, maybe in this same process.
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
    if result.exception is not None:
        return [str(result.exception)]
    failed = [
        r
        for r in getattr(result.result, "results", [])
        if str(r.status) in {"error", "fail", "runtime error"}
    ]
    lines = [f"{r.node.name}: {r.message}" for r in failed]
    return lines if lines or result.success else ["dbt did not finish"]


def _take_snapshot(settings: Settings) -> None:
    """Copy the raw store as it is now, with the list of releases brought up to date for rpt_releases."""
    columns = (
        "release_id, built_at, as_of_date, code_version, input_fingerprint,"
        " file_count, submission_count, indicator_value_count, model_count"
    )
    rows = [
        [
            release.release_id,
            release.built_at.astimezone(UTC).replace(tzinfo=None),
            release.as_of_date,
            release.code_version,
            release.input_fingerprint,
            release.file_count,
            release.submission_count,
            release.indicator_value_count,
            release.model_count,
        ]
        for release in store.releases(settings)
    ]
    with open_store(settings) as connection:
        connection.begin()
        connection.execute("delete from raw.releases")
        for row in rows:
            connection.execute(
                f"insert into raw.releases ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row
            )
        connection.commit()
        # After a checkpoint the file is whole without its log, and the open connection keeps other writers out. The copy is
        # made by another process: closing the file in this one would give up DuckDB's lock on it.
        connection.execute("checkpoint")
        subprocess.run(
            ["cp", "--reflink=auto", str(settings.raw_path), str(settings.snapshot_path)],
            check=True,
            capture_output=True,
        )


def _as_json(summary: BuildSummary) -> str:
    fields = asdict(summary)
    fields |= {"built_at": summary.built_at.isoformat(), "as_of_date": summary.as_of_date.isoformat()}
    return json.dumps(fields, indent=2) + "\n"


def _summary_path(settings: Settings) -> Path:
    return settings.warehouse_dir / "last_build.json"


def _failed_path(settings: Settings) -> Path:
    return settings.warehouse_dir / "failed_fingerprint"
