"""The small cases that stand beside the models, run by dbt. A production build leaves them out."""

from __future__ import annotations

import yaml

from tests.marts.conftest import World
from tests.marts.dbt_kit import DBT_PROJECT, invoke


def test_the_small_cases_beside_the_models_hold(world: World) -> None:
    """dbt takes the types of the columns from the tables that a build has left."""
    files = (DBT_PROJECT / "models").rglob("*.yml")
    written = [
        case["name"]
        for path in files
        for case in yaml.safe_load(path.read_text(encoding="utf-8")).get("unit_tests", [])
    ]
    assert len(written) >= 7
    settings = world.settings
    found = invoke(
        settings.warehouse_dir, "test", "--select", "test_type:unit", raw_path=settings.snapshot_path
    )
    assert sorted(result.node.name for result in found) == sorted(written)
    assert {str(result.status) for result in found} == {"pass"}
