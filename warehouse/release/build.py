"""Builds the marts: one dbt build, in this process, in a private file that no reader ever opens."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from warehouse.disk.damage import LastingFault
from warehouse.disk.durable import write_file
from warehouse.raw.store import check_store
from warehouse.release import begun, partial, store
from warehouse.release.earlier import lay_beside
from warehouse.release.fingerprint import code_version, input_fingerprint
from warehouse.release.partial import Scope
from warehouse.release.snapshot import take_snapshot
from warehouse.release.store import Release
from warehouse.settings import Settings

_log = logging.getLogger(__name__)


class BuildFailed(LastingFault):
    """A model or a test failed; nothing was published. The message names each of them."""


@dataclass(frozen=True)
class BuildSummary:
    """One build. It becomes a release once it is audited and published; times are UTC.

    `scope` says whether the private file holds everything or some provinces, to be put upon a release.
    """

    release_id: str
    built_at: datetime
    as_of_date: date
    code_version: str
    input_fingerprint: str
    scope: Scope


def is_up_to_date(settings: Settings) -> bool:
    """Whether the newest release was made from just these inputs, and readers can read the current one.

    Reads the raw store and the current release once. Raises DamagedFile for a raw store that is damaged: no build can
    come of it, and a release that stands must not hide it.
    """
    check_store(settings)
    damage = store.damage_of_current(settings, with_content=True)
    if damage:
        _log.warning("%s", damage)
    return damage is None and _is_made_of_inputs(settings)


def needs_build(settings: Settings) -> bool:
    """Whether a build should be started by itself: inputs changed, or the current release is gone or cut off; none is at
    work on them, and the last one did not fail.
    """
    if store.damage_of_current(settings) is None and _is_made_of_inputs(settings):
        return False
    fingerprint = input_fingerprint(settings, settings.as_of_date())
    failed_path = _failed_path(settings)
    has_failed = failed_path.exists() and failed_path.read_text().strip() == fingerprint
    return not has_failed and not begun.is_at_work(settings, fingerprint)


def _is_made_of_inputs(settings: Settings) -> bool:
    """Whether the newest release was made from just these inputs. The current release must not be damaged."""
    published = store.releases(settings)
    if not published or store.current(settings) is None:
        return False
    return published[0].input_fingerprint == input_fingerprint(settings, settings.as_of_date())


def begin(settings: Settings) -> None:
    """Copy what is to be built. From here on the raw store is not needed, and the intake goes on."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    take_snapshot(settings)
    begun.note(settings, input_fingerprint(settings, settings.as_of_date(), of_snapshot=True))


def build(settings: Settings, history_of: Release | None = None) -> BuildSummary:
    """Build what the raw store holds now: `begin` and `build_snapshot`."""
    begin(settings)
    return build_snapshot(settings, history_of)


def build_snapshot(settings: Settings, history_of: Release | None = None) -> BuildSummary:
    """Run the models and their tests on the snapshot. Raises BuildFailed; the current release stays as it is.

    `history_of` is the release whose list of restatements is carried on, by default the newest one.
    """
    as_of = settings.as_of_date()
    built_at = datetime.now(UTC).replace(microsecond=0)
    fingerprint = input_fingerprint(settings, as_of, of_snapshot=True)
    summary = BuildSummary(
        release_id=f"r{built_at:%Y%m%d-%H%M%S}-{fingerprint[:8]}",
        built_at=built_at,
        as_of_date=as_of,
        code_version=code_version(settings),
        input_fingerprint=fingerprint,
        scope=partial.whole("not looked at yet"),
    )
    _summary_path(settings).unlink(missing_ok=True)
    scope = partial.choose(settings, summary.code_version)
    failures: list[str] = []
    if not scope.is_whole:
        failures = _build_scope(settings, summary, scope, history_of)
        if failures:
            _log.warning("not only %s; everything is built: %s", ", ".join(scope.provinces), failures)
            scope = partial.whole("; ".join(failures))
    if scope.is_whole:
        failures = _build_scope(settings, summary, scope, history_of)
    if failures:
        mark_failed(settings, fingerprint)
        raise BuildFailed("nothing was published; failed:\n" + "\n".join(f"  {line}" for line in failures))
    _failed_path(settings).unlink(missing_ok=True)
    summary = replace(summary, scope=scope)
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
        "scope": Scope.from_fields(fields["scope"]),
    }
    return BuildSummary(**fields)


def dbt_target_dir(settings: Settings) -> Path:
    """Where dbt leaves its manifest and results."""
    return settings.warehouse_dir / "dbt_target"


def _build_scope(
    settings: Settings, summary: BuildSummary, scope: Scope, history_of: Release | None
) -> list[str]:
    """Build what a scope says; why that gives no release, empty when it does."""
    partial.lay_out(settings, scope)
    _name_build(settings, summary)
    lay_beside(settings, history_of, scope)
    failures = _run_dbt(settings, summary)
    if not failures and not scope.is_whole and not partial.has_same_frame(settings, scope):
        return ["what all provinces share has changed"]
    return failures


def _run_dbt(settings: Settings, summary: BuildSummary) -> list[str]:
    """One line per model or test that failed, with its message; empty when all passed."""
    # Imported here: dbt takes a second to import, and only a build needs it.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    os.environ |= {
        "RAW_PATH": str(settings.build_source_path),
        "BUILD_PATH": str(settings.build_path),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    # What was parsed serves the next build as well while these stay the same: see `_name_build`.
    variables = {"as_of_date": summary.as_of_date.isoformat()}
    project_dir = str(settings.dbt_project_dir)
    arguments = ["build", "--project-dir", project_dir, "--profiles-dir", project_dir]
    arguments += [
        "--target-path",
        str(dbt_target_dir(settings)),
        "--log-path",
        str(settings.warehouse_dir / "dbt_logs"),
    ]
    # Unit tests check the rules, not the data: they belong to the tests of the project.
    arguments += ["--exclude", "test_type:unit", "--quiet", "--vars", json.dumps(variables)]
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


def _name_build(settings: Settings, summary: BuildSummary) -> None:
    """Tell the models which build this is, in a table: variables that change with each build would have dbt parse all anew."""
    with duckdb.connect(str(settings.build_source_path)) as connection:
        connection.execute(
            "create or replace table raw.this_build"
            " (release_id varchar, built_at timestamp, as_of_date date, code_version varchar)"
        )
        built_at = summary.built_at.astimezone(UTC).replace(tzinfo=None)
        connection.execute(
            "insert into raw.this_build values (?, ?, ?, ?)",
            [summary.release_id, built_at, summary.as_of_date, summary.code_version],
        )


def _as_json(summary: BuildSummary) -> str:
    fields = asdict(summary)
    fields |= {"built_at": summary.built_at.isoformat(), "as_of_date": summary.as_of_date.isoformat()}
    return json.dumps(fields, indent=2) + "\n"


def _summary_path(settings: Settings) -> Path:
    return settings.warehouse_dir / "last_build.json"


def _failed_path(settings: Settings) -> Path:
    return settings.warehouse_dir / "failed_fingerprint"
