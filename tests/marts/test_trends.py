"""Trends against statsmodels (chi-square by weighted regression) and scipy (Kendall), on every series of the warehouse."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import combinations, permutations, product
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
import statsmodels.api as sm
from scipy.stats import chi2, kendalltau, rankdata

from tests.marts.conftest import World
from tests.marts.dbt_kit import compiled
from tests.marts.plausibility_country import seed

MONTHS = {f"{year}-{month:02}": 12 * year + month for year in (2025, 2026) for month in range(1, 13)}
STEPS = list(range(5))
SEED = 5
DIRECTION = {"TTHC_DUNGHAN": 1, "NTT_XL": 1, "KK_DONGNGUOI": -1}


def weighted_line(numerators: list[float], denominators: list[float], steps: list[int]) -> Any:
    rates = np.array(numerators) / np.array(denominators)
    return sm.WLS(rates, sm.add_constant(np.array(steps)), weights=denominators).fit()


def p_value_of_rates(numerators: list[float], denominators: list[float]) -> float:
    """Return the p-value of R's prop.trend.test: the sum of squares that a weighted line explains."""
    pooled = sum(numerators) / sum(denominators)
    if pooled in (0, 1):
        return 1.0
    explained = weighted_line(numerators, denominators, STEPS).ess / pooled / (1 - pooled)
    return float(chi2.sf(explained, 1))


def slope_of_rates(numerators: list[float], denominators: list[float]) -> int:
    """Return the sign of the slope of five rates, 0 where one of the three tests does not call it."""
    if p_value_of_rates(numerators, denominators) >= 0.002:
        return 0
    line = weighted_line(numerators, denominators, STEPS)
    if line.ssr > 1e-12 and line.pvalues[1] >= 0.05:
        return 0
    signs = {
        np.sign(
            weighted_line(
                [x for i, x in enumerate(numerators) if i != out],
                [n for i, n in enumerate(denominators) if i != out],
                [i for i in STEPS if i != out],
            ).params[1]
        )
        for out in STEPS
    }
    return int(signs.pop()) if len(signs) == 1 else 0


def kendall_s(values: tuple[float, ...]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


@cache
def exact_p_value(values: tuple[float, ...]) -> float:
    """Return the part of all orders of these values whose Kendall statistic is as far from 0 as theirs, ties and all."""
    found = abs(kendall_s(values))
    orders = list(permutations(values))
    return sum(abs(kendall_s(order)) >= found for order in orders) / len(orders)


def slope_of_counts(values: list[float]) -> int:
    """Return the sign of the slope of five counts, 0 where Kendall's test with exact probabilities does not call it."""
    ranks = tuple(rankdata(values, method="dense").tolist())
    return int(np.sign(kendall_s(ranks))) if exact_p_value(ranks) < 0.05 else 0


def test_without_ties_the_exact_probabilities_are_scipys() -> None:
    for order in permutations(range(5)):
        expected = kendalltau(STEPS, order, method="exact").pvalue
        assert exact_p_value(tuple(map(float, order))) == pytest.approx(expected)


def expected_trend(points: list[tuple], indicator: str) -> str:
    numerators, denominators, values = (list(column) for column in zip(*points, strict=True))
    sign = slope_of_counts(values) if denominators[0] is None else slope_of_rates(numerators, denominators)
    if sign == 0:
        return "steady"
    return "improving" if sign == DIRECTION[indicator] else "worsening"


def test_each_order_of_five_counts_is_called_as_exact_probabilities_say() -> None:
    """All 3,125 rows of five values out of five, ties of every kind among them."""
    rule = compiled("select a, b, c, d, e, {{ trend_of_counts(['a', 'b', 'c', 'd', 'e']) }} from counts")
    letters = ", ".join(f"range(5) as of_{letter} ({letter})" for letter in "abcde")
    with duckdb.connect() as connection:
        connection.execute(f"create table counts as from {letters}")
        found = connection.execute(rule).fetchall()
    assert len(found) == 3125
    called = Counter(sign for *_, sign in found)
    assert called[1] == called[-1] > 0
    for *values, sign in found:
        assert sign == slope_of_counts(values), values


def test_five_rates_are_called_as_statsmodels_says() -> None:
    """Random fives, small and large, with and without a slope, scattered as chance does and more; and lines without residuals."""
    chance = np.random.default_rng(SEED)
    rows = [([60, 70, 80, 90, 100], [100] * 5), ([2] * 5, [3] * 5), ([600, 700, 800, 900, 900], [1000] * 5)]
    for _ in range(1500):
        sizes = chance.integers(5, chance.choice([20, 200, 5000]), 5)
        slope, scatter = chance.choice([0, 0.02, 0.08]), chance.choice([0, 0, 0.05])
        rates = np.clip(0.5 + slope * np.arange(-2, 3) + scatter * chance.standard_normal(5), 0, 1)
        rows.append((chance.binomial(sizes, rates).tolist(), sizes.tolist()))
    names = [f"{letter}{i}" for letter in "xn" for i in STEPS]
    rule = compiled(f"select *, {{{{ trend_of_rates({names[:5]}, {names[5:]}) }}}} from rates")
    with duckdb.connect() as connection:
        columns = zip(*([*x, *n] for x, n in rows), strict=True)
        table = pa.table(
            {name: [float(x) for x in column] for name, column in zip(names, columns, strict=True)}
        )
        connection.register("rates", table)
        found = connection.execute(rule).fetchall()
    called = Counter(sign for *_, sign in found)
    assert called[1] > 100 and called[0] > 500, called
    assert [sign for *_, sign in found[:3]] == [1, 0, 1]
    for *figures, sign in found:
        assert sign == slope_of_rates(figures[:5], figures[5:]), figures


def test_the_seed_names_each_rate_that_mixes_stock_and_flow() -> None:
    """Such a rate counts events of the period in a stock that stands at its end or was left from before."""
    mixed = {
        row["indicator_code"]
        for row in seed("indicator_measures")
        if row["numerator_kind"] == "flow" and row["denominator_kind"] in ("stock", "carried")
    }
    named = seed("stock_and_flow_indicators")
    assert {row["indicator_code"] for row in named} == mixed
    assert len(mixed) > 5
    assert all(row["source"] and row["valid_from"] for row in named)


def test_figures_added_up_by_shares_are_equal_whatever_the_order() -> None:
    """Three thirds of a figure are no rise over the same in another order: the last digit of a double is no figure."""
    rule = compiled("select {{ sum_of_shares('share', 'figure') }}")
    apart = 0
    for figures in product(range(20, 30), range(20, 30), range(300, 304)):
        orders = [[(1 / 3, figure) for figure in order] for order in permutations(figures)]
        apart += len({sum(share * figure for share, figure in order) for order in orders}) > 1
        sums = {_sum_of_shares(rule, order) for order in orders}
        assert len(sums) == 1
        assert sums.pop() == pytest.approx(sum(figures) / 3, abs=5e-10)
    assert apart > 100


def _sum_of_shares(rule: str, parts: list[tuple[float, int]]) -> float:
    rows = ", ".join(f"({share!r}::double, {figure})" for share, figure in parts)
    found = duckdb.execute(f"{rule} from (values {rows}) as parts (share, figure)").fetchone()
    assert found is not None
    return float(found[0])


def test_each_trend_is_that_of_statsmodels_or_scipy(world: World) -> None:
    rows = world.rows(
        "select lens, unit_key, indicator_code, period_code, numerator, denominator, value, trend"
        " from marts.rpt_indicator_series where source_kind <> 'recorded'"
    )
    series: dict = defaultdict(dict)
    for lens, unit, indicator, period, numerator, denominator, value, _ in rows:
        if value is not None:
            series[lens, unit, indicator][MONTHS[period]] = (numerator, denominator, value)
    seen: Counter = Counter()
    for lens, unit, indicator, period, _, _, value, trend in rows:
        if value is None:
            assert trend is None
            continue
        month = MONTHS[period]
        points = [series[lens, unit, indicator].get(month - back) for back in (4, 3, 2, 1, 0)]
        expected = "too_few" if None in points else expected_trend(points, indicator)
        assert trend == expected, (lens, unit, indicator, period, points)
        seen[trend, DIRECTION[indicator]] += 1
    assert all(
        seen[trend, sign] > 20 for trend in ("improving", "worsening", "steady") for sign in (1, -1)
    ), seen
