"""Figures in which nothing changes but by chance, of eight kinds, and the same figures after a shift of known size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tests.marts.dbt_kit import SmallBuild

COMMUNES = 189
MONTHS = 16
# Months for which a shift has lasted when its chart is looked at.
SHIFTED_MONTHS = 3
MODELS = ("int_series_neighbours", "int_series_segments", "int_series_signals")


@dataclass(frozen=True)
class Kind:
    """One kind of figure: `volume` is the mean denominator or count a month; `rate` is None for a count.

    `is_fixed`: the denominator is the same people every month. `scatter`: months vary by more than chance, by so much (0–1).
    """

    code: str
    volume: float
    rate: float | None = None
    is_fixed: bool = False
    scatter: float = 0.0

    @property
    def name(self) -> str:
        if self.rate is None:
            return f"count, mean {self.volume:g}"
        apart = f", months {100 * self.scatter:g} points apart" if self.scatter else ""
        return f"{100 * self.rate:g} % of {self.volume:g}{apart}"

    @property
    def sigma(self) -> float:
        """Return the standard deviation of a month's figure, in per cent or cases."""
        if self.rate is None:
            return float(np.sqrt(self.volume))
        return float(100 * np.sqrt(self.rate * (1 - self.rate) / self.volume + self.scatter**2))


@dataclass(frozen=True)
class Draw:
    """The figures of some units: one row a unit, one column a month."""

    kind: Kind
    numerator: np.ndarray | None
    denominator: np.ndarray | None
    value: np.ndarray


# The eight indicators of the aim: six rates with denominators from small to large, and two counts.
KINDS = (
    Kind("BC_DUNGHAN", 5, 0.88),
    Kind("NTT_XL", 9, 0.82),
    Kind("DT_KL", 20, 0.8),
    Kind("TDUA_THANG", 40, 0.93, is_fixed=True),
    Kind("PBXH_TT", 60, 0.75),
    Kind("TTHC_DUNGHAN", 300, 0.968),
    Kind("TG_VUVIEC", 6),
    Kind("KK_DONGNGUOI", 0.4),
)
# Figures that stand beside the eight, because the rules meet them too: a large rate, months apart, and rare cases.
FURTHER_KINDS = (
    Kind("QT_NQ", 900, 0.9),
    Kind("TODV_THON", 300, 0.9, scatter=0.03),
    Kind("DT_SO", 2),
    Kind("KK_DONGNGUOI", 0.1),
)


def draw(kind: Kind, chance: np.random.Generator, units: int, sigmas: float = 0.0) -> Draw:
    """Draw the months of some units; in the last months the mean lies `sigmas` standard deviations on the worse side."""
    shape = (units, MONTHS)
    shift = np.where(np.arange(MONTHS) >= MONTHS - SHIFTED_MONTHS, sigmas * kind.sigma, 0.0)
    if kind.rate is None:
        value = chance.poisson(kind.volume + shift, shape).astype(float)
        return Draw(kind, None, None, value)
    sizes = np.full(shape, round(kind.volume)) if kind.is_fixed else chance.poisson(kind.volume, shape)
    sizes = np.maximum(sizes, 1)
    rates = kind.rate - shift / 100 + kind.scatter * chance.standard_normal(shape)
    numerator = chance.binomial(sizes, np.clip(rates, 0, 1))
    return Draw(kind, numerator.astype(float), sizes.astype(float), 100.0 * numerator / sizes)


def build_lines(connection: SmallBuild, draws: list[Draw]) -> None:
    """Run the models of signals and trends over the draws; line numbers count through the units of one draw after another."""
    tables, first_line = [], 0
    for drawn in draws:
        tables.append(_table(drawn, first_line))
        first_line += len(drawn.value)
    connection.register("drawn", pa.concat_tables(tables))
    connection.execute(
        "create table int_series_lines as select 1 as lens_number, line_number as unit_number, 1 as indicator_number,"
        " 1 as period_type_number, period_number, line_number, 1 as siblings_number, 1 as segment, false as is_phase, is_rate,"
        " 'higher' as direction, numerator, denominator, value, null::double as value_low, null::double as value_high,"
        " 1 as reporting_units, 1 as expected_units, 1 as report_kinds, null::double as silent_denominator, true as is_simulated,"
        " false as is_estimated from drawn"
    )
    connection.run(*MODELS)


def _table(drawn: Draw, first_line: int) -> pa.Table:
    units, months = drawn.value.shape

    def column(figures: np.ndarray | None) -> pa.Array:
        return pa.array([None] * (units * months) if figures is None else figures.ravel(), pa.float64())

    return pa.table({
        "line_number": pa.array(np.repeat(np.arange(first_line, first_line + units), months), pa.int64()),
        "period_number": pa.array(np.tile(np.arange(1, months + 1), units), pa.int64()),
        "is_rate": pa.array([drawn.kind.rate is not None] * (units * months)),
        "numerator": column(drawn.numerator),
        "denominator": column(drawn.denominator),
        "value": column(drawn.value),
    })  # fmt: skip


@dataclass(frozen=True)
class Found:
    """The parts (0–1) of the units of one draw of which the models say something in the latest month."""

    kind: Kind
    units: int
    signal: float
    signal_in_shift: float
    trend: float
    change: float


def found(connection: SmallBuild, draws: list[Draw]) -> Iterator[Found]:
    """Yield one answer a draw; `signal_in_shift` is that any of the shifted months has a signal, `change` a change_class."""
    first_line = 0
    for drawn in draws:
        units = len(drawn.value)
        row = connection.execute(
            "with units as (select line_number, bool_or(signal is not null and period_number = ?) as signal,"
            " bool_or(signal is not null) as signal_in_shift, bool_or(slope_sign <> 0 and period_number = ?) as trend,"
            " bool_or(coalesce(signal_sign, slope_sign) <> 0 and period_number = ?) as change"
            " from int_series_signals where line_number >= ? and line_number < ? and period_number > ? group by line_number)"
            " select count(*), avg(signal::int), avg(signal_in_shift::int), avg(trend::int), avg(change::int) from units",
            [MONTHS, MONTHS, MONTHS, first_line, first_line + units, MONTHS - SHIFTED_MONTHS],
        ).fetchone()
        assert row is not None and row[0] == units
        yield Found(drawn.kind, *row)
        first_line += units
