"""Every model says its grain and has a tested key; every mart has an enforced contract."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from tests.marts.conftest import World
from warehouse.release.build import dbt_target_dir

Node = dict


@pytest.fixture(scope="module")
def nodes(world: World) -> dict[str, Node]:
    """Return the nodes of dbt's manifest by unique id."""
    manifest = json.loads((dbt_target_dir(world.settings) / "manifest.json").read_text())
    found: dict[str, Node] = manifest["nodes"]
    return found


def models(nodes: dict[str, Node]) -> list[Node]:
    return [node for node in nodes.values() if node["resource_type"] == "model"]


def test_descriptions_begin_with_the_grain(nodes: dict[str, Node]) -> None:
    assert len(models(nodes)) > 50
    assert [n["name"] for n in models(nodes) if not n["description"].strip().startswith("One row per")] == []


def test_every_model_has_a_tested_key(nodes: dict[str, Node]) -> None:
    keyed = defaultdict(set)
    for node in nodes.values():
        metadata = node.get("test_metadata") or {}
        if metadata.get("name") in {"unique", "unique_combination_of_columns"}:
            keyed[node["attached_node"]].add(metadata["name"])
    assert [node["name"] for node in models(nodes) if not keyed[node["unique_id"]]] == []


def test_every_mart_has_an_enforced_contract_and_every_column_a_description(nodes: dict[str, Node]) -> None:
    marts = [node for node in models(nodes) if node["schema"] == "marts"]
    assert len(marts) > 15
    for mart in marts:
        assert mart["config"]["contract"]["enforced"], mart["name"]
        assert [name for name, column in mart["columns"].items() if not column["description"]] == [], mart[
            "name"
        ]
