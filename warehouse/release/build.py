"""Build the marts: one dbt build, in this process, in a private file that no reader ever opens."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import replace
from pathlib import Path

from warehouse.disk.damage import LastingFault
from warehouse.release import last_build, partial
from warehouse.release.last_build import BuildSummary
from warehouse.release.snapshot import take_snapshot
from warehouse.release.store import Release
from warehouse.settings import Settings

_log = logging.getLogger(__name__)


class BuildFailed(LastingFault):
    """A model or a test failed; nothing was published. The message names each of them."""


def begin(settings: Settings, history_of: Release | None = None) -> BuildSummary:
    """Take the snapshot. The build does not need the raw store after that, so the intake goes on."""
    summary = take_snapshot(settings, history_of)
    last_build.note(settings, summary, "at_work")
    return summary


def build(settings: Settings, history_of: Release | None = None) -> BuildSummary:
    """Build the marts from the present raw store: `begin`, then `build_snapshot`."""
    begin(settings, history_of)
    return build_snapshot(settings)


def build_snapshot(settings: Settings) -> BuildSummary:
    """Run the models and their tests on the snapshot. Raises BuildFailed; the current release stays as it is."""
    begun = last_build.last_build(settings, "at_work", "built", "failed", "published")
    last_build.note(settings, begun, "at_work")
    summary = replace(begun, scope=partial.choose(settings, begun.code_version))
    failures = [] if summary.scope.is_whole else _build_scope(settings, summary)
    if failures:
        _log.warning("not only %s; everything is built: %s", ", ".join(summary.scope.provinces), failures)
        summary = replace(begun, scope=partial.whole("; ".join(failures)))
    if summary.scope.is_whole:
        failures = _build_scope(settings, summary)
    if failures:
        last_build.note(settings, summary, "failed")
        raise BuildFailed("nothing was published; failed:\n" + "\n".join(f"  {line}" for line in failures))
    last_build.note(settings, summary, "built")
    return summary


def dbt_target_dir(settings: Settings) -> Path:
    """Return the folder of dbt's manifest and results."""
    return settings.warehouse_dir / "dbt_target"


def _build_scope(settings: Settings, summary: BuildSummary) -> list[str]:
    """Build the scope; return the reason why the build gives no release, or an empty text where it does."""
    scope = summary.scope
    partial.cut_snapshot(settings, scope)
    failures = _run_dbt(settings, summary, scope.source_path(settings))
    if not failures and not scope.is_whole and not partial.has_same_frame(settings, scope):
        return ["what all provinces share has changed"]
    return failures


def _run_dbt(settings: Settings, summary: BuildSummary, source: Path) -> list[str]:
    """Run dbt; return one line per dbt model or test that failed, with its message; empty when all passed."""
    # Imported here: dbt takes a second to import, and only a build needs it.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    os.environ |= {
        "RAW_PATH": str(source),
        "BUILD_PATH": str(settings.build_path),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    # dbt parses its project anew when a variable changes, so the values of a single build are in a table: raw.this_build.
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
