"""`python -m tools.bench.national_build whole|publish|same|workbook`, one after the other, each in a process of its own.

`whole` is the build of a release, `publish` its audit and publication, `same` is dbt on just the tables that the script makes
too, on the source that `whole` left; `workbook` is the whole way of one more workbook from the raw store to its publication.
Models are built with their tests.
"""

from __future__ import annotations

import os
import sys

from tools.bench.by_hand import TABLES
from warehouse import settings as configuration
from warehouse.release.audit import audit
from warehouse.release.build import build, dbt_target_dir
from warehouse.release.publish import publish
from warehouse.settings import Settings


def build_same_tables(settings: Settings) -> bool:
    """Build the models behind the tables of the script, with their tests; return whether all passed."""
    # Imported here: dbt takes a second to import, and the other commands do not need it.
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    settings.build_path.unlink()
    os.environ |= {"RAW_PATH": str(settings.snapshot_path), "BUILD_PATH": str(settings.build_path)}
    project = str(settings.dbt_project_dir)
    arguments = [
        "build",
        "--exclude-resource-type",
        "unit_test",
        "--quiet",
        "--project-dir",
        project,
        "--profiles-dir",
        project,
    ]
    arguments += ["--target-path", str(dbt_target_dir(settings)), "--log-path", str(settings.warehouse_dir)]
    arguments += ["--vars", f"{{as_of_date: '{settings.as_of_date().isoformat()}'}}"]
    # Tests that compare with tables outside this selection are left out.
    arguments += ["--indirect-selection", "buildable", "--select", *(f"+{table}" for table in TABLES)]
    return bool(dbtRunner().invoke(arguments).success)


def main() -> int:
    """Exit 0 when everything passed."""
    settings = configuration.load()
    step = sys.argv[1]
    if step == "same":
        return 0 if build_same_tables(settings) else 1
    if step in {"whole", "workbook"}:
        build(settings)
    if step in {"publish", "workbook"}:
        audit(settings)
        publish(settings)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
