"""The number of a submission, and the same as readers see it."""

import duckdb
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from warehouse.raw.submission_id import hash_of, make_submission_id, published_id, stored_id, submission_ids

# The SHA-256 of the texts from `sha256sum`, the rest in exact whole numbers by another program.
OF_ONE_REPORT = 1452022296102503153
OLD_ID = "adbd9336ad45be4c84188f3664bb3b9b"


def test_it_follows_the_recipe_of_the_architecture() -> None:
    assert make_submission_id("ab", "BC", "20@2025-07-01", "2026-10") == OF_ONE_REPORT
    # printf "ab|BC" | sha256sum | cut -c 1-16
    assert f"{hash_of('ab|BC'):016x}" == "3d83aaf579490acc"


@given(st.lists(st.tuples(st.text(max_size=9) | st.none(), st.text(max_size=9) | st.none()), min_size=1))
def test_many_get_the_ids_that_each_gets_alone(places: list[tuple[str | None, str | None]]) -> None:
    units = np.array([hash_of(unit) for unit, _ in places], np.uint64)
    periods = np.array([hash_of(period) for _, period in places], np.uint64)
    ids = submission_ids("ab", "BC", units, periods).tolist()
    assert ids == [make_submission_id("ab", "BC", unit, period) for unit, period in places]
    assert all(0 <= number < 2**63 for number in ids)
    assert len(set(ids)) == len({(unit or "", period or "") for unit, period in places})


def test_unit_and_period_do_not_stand_for_each_other() -> None:
    assert make_submission_id("ab", "BC", "x", "y") != make_submission_id("ab", "BC", "y", "x")
    assert make_submission_id("ab", "BC", "x", "x") != make_submission_id("ab", "BC", "y", "y")


@given(st.integers(min_value=0, max_value=2**63 - 1))
def test_readers_get_the_same_number_in_hex_digits(number: int) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select {published_id()}, {stored_id(published_id())} from (select {number}::bigint as submission_id)"
        ).fetchone()
    assert found == (f"{number:016x}", number)


def test_an_id_from_before_keeps_its_first_digits() -> None:
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select {stored_id()} from (select '{OLD_ID}' as submission_id)"
        ).fetchone()
    assert found == (int(OLD_ID[:16], 16) & (2**63 - 1),)
