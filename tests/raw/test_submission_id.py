"""The id of a submission is 16 hex digits, and ids of earlier versions become today's."""

import re

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.raw.submission_id import (
    hash_of,
    id_from_number,
    id_from_text,
    make_submission_id,
    make_submission_ids,
)

# The SHA-256 of the texts from `sha256sum`, the rest in exact whole numbers by another program.
NUMBER_OF_ONE_REPORT = 1452022296102503153
ID_OF_ONE_REPORT = "14269e95cd2302f1"
LONG_ID = "adbd9336ad45be4c84188f3664bb3b9b"


def test_an_id_follows_the_recipe_of_the_architecture() -> None:
    assert make_submission_id("ab", "BC", "20@2025-07-01", "2026-10") == ID_OF_ONE_REPORT
    assert int(ID_OF_ONE_REPORT, 16) == NUMBER_OF_ONE_REPORT
    # printf "ab|BC" | sha256sum | cut -c 1-16
    assert f"{hash_of('ab|BC'):016x}" == "3d83aaf579490acc"


@given(st.lists(st.tuples(st.text(max_size=9) | st.none(), st.text(max_size=9) | st.none()), min_size=1))
def test_many_get_the_ids_that_each_gets_alone(places: list[tuple[str | None, str | None]]) -> None:
    units = np.array([hash_of(unit) for unit, _ in places], np.uint64)
    periods = np.array([hash_of(period) for _, period in places], np.uint64)
    ids = make_submission_ids("ab", "BC", units, periods)
    assert ids == [make_submission_id("ab", "BC", unit, period) for unit, period in places]
    assert all(re.fullmatch("[0-7][0-9a-f]{15}", identity) for identity in ids)
    assert len(set(ids)) == len({(unit or "", period or "") for unit, period in places})


def test_unit_and_period_are_not_interchangeable() -> None:
    assert make_submission_id("ab", "BC", "x", "y") != make_submission_id("ab", "BC", "y", "x")
    assert make_submission_id("ab", "BC", "x", "x") != make_submission_id("ab", "BC", "y", "y")


@given(st.integers(min_value=0, max_value=2**63 - 1))
def test_a_number_of_an_earlier_store_becomes_its_hex_digits(number: int) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select {id_from_number()} from (select {number}::bigint as submission_id)"
        ).fetchone()
    assert found == (f"{number:016x}",)


@pytest.mark.parametrize(
    ("text", "identity"), [(LONG_ID, "2dbd9336ad45be4c"), (ID_OF_ONE_REPORT, ID_OF_ONE_REPORT)]
)
def test_a_text_keeps_its_first_digits(text: str, identity: str) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select {id_from_text()} from (select '{text}' as submission_id)"
        ).fetchone()
    assert found == (identity,)
