"""The benchmark's straight script, which shares no code with the models, gives their figures on the random world, row by row."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.marts.conftest import AS_OF, World
from tools.bench import by_hand, national


@pytest.fixture(scope="module")
def script(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tables that the script makes of the reports of the random world."""
    out = tmp_path_factory.mktemp("by_hand") / "by_hand.duckdb"
    by_hand.run_duckdb(world.settings.raw_path, world.settings.seeds_dir, out, AS_OF)
    return out


def test_models_and_script_agree(world: World, script: Path) -> None:
    national.compare(world.settings.build_path, script)
    with duckdb.connect(str(script), read_only=True) as connection:
        found = connection.execute(
            "select count(distinct level), count(distinct lens), count(distinct trend), count(rank_low) > 0"
            " from rpt_indicator_series"
        ).fetchone()
        of_parts = connection.execute(
            "select distinct level from reported join units using (unit_key) where reported.tier = 'holder' and reporting > 1"
        ).fetchall()
    assert found == (5, 3, 4, True)
    assert set(of_parts) == {("commune",), ("body",)}, "both kinds of unit add up parts of their own"


def test_a_figure_that_differs_is_found(world: World, script: Path) -> None:
    with duckdb.connect(str(script)) as connection:
        connection.execute(
            "update rpt_indicator_series set gap_cases = gap_cases + 1 where rowid = (select min(rowid) from"
            " rpt_indicator_series where gap_cases > 0)"
        )
    with pytest.raises(ValueError, match="rpt_indicator_series: 1 rows differ"):
        national.compare(world.settings.build_path, script)
