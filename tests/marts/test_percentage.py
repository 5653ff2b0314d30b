"""A rate in per cent, of whole cases and of the parts of cases that shares of units give."""

from __future__ import annotations

import duckdb
import pytest

from tests.marts.dbt_kit import compiled, evaluate


def test_a_rate_is_its_numerator_out_of_its_denominator() -> None:
    cases = {
        ("379.0", "481.0"): 78.794178794178794,
        ("0.0", "7.0"): 0.0,
        ("7.0", "7.0"): 100.0,
        ("0.0", "0.0"): None,
        ("null::double", "7.0"): None,
    }
    found = evaluate(*(f"{{{{ percentage('{n}', '{d}') }}}}" for n, d in cases))
    assert [figure is None for figure in found] == [figure is None for figure in cases.values()]
    known = [figure for figure in cases.values() if figure is not None]
    assert [figure for figure in found if figure is not None] == pytest.approx(known, rel=1e-15)


def test_a_rate_of_parts_of_cases_lies_inside_its_interval() -> None:
    """308 cases shared out to three units, all done: 100 × 102 2/3 : 102 2/3 comes out as 100.00000000000001.

    A release of which one figure lies outside its interval is not published.
    """
    shared = (
        "select i / cast(j as double) as whole from range(1, 2000) as cases (i), range(1, 12) as units (j)"
    )
    rates = f"select whole * k / 4 as part, whole from ({shared}), range(5) as quarters (k)"
    sql = compiled(
        "select count(*) filter (where 100.0 * part / whole > 100),"
        " count(*) filter (where {{ percentage('part', 'whole') }}"
        " not between {{ wilson_limit('part', 'whole', '-') }} and {{ wilson_limit('part', 'whole', '+') }}),"
        f" count(*) from ({rates})"
    )
    above_the_whole, outside, count = duckdb.execute(sql).fetchall()[0]
    assert above_the_whole > 0, "what the rule is there for"
    assert (outside, count) == (0, 1999 * 11 * 5)
