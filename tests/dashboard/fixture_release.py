"""A small release made by hand: real unit names from the seeds, figures that are made up or published.

Its tables have the columns and types that the yml of the marts declares; no model computed its figures, so that the pages
are tested without a build.
`python -m tests.dashboard.fixture_release FOLDER` makes FOLDER/published with one release in it.
"""

from __future__ import annotations

import hashlib
import math
import random
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tests.dashboard.fixture_resolutions import add_resolutions
from tests.dashboard.fixture_tables import TABLES
from warehouse.release import dictionary
from warehouse.release.store import Release
from warehouse.settings import PROJECT_DIR, Settings

SEEDS = PROJECT_DIR / "dbt_project" / "seeds"
AS_OF = date(2026, 11, 20)
BUILT_AT = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
LANG_SON, TUYEN_QUANG = "20@2025-07-01", "08@2025-07-01"
VILLAGE = "06073-T1@2025-07-01"
DAM_RONG = "68@2025-07-01"
PHASE = "2026-2030"
MONTHS = [f"2026-{month:02d}" for month in range(1, 11)]
SUMS = ["2025-6M", "2025-9M", "2025", "2026-Q1", "2026-6M", "2026-9M"]
SERIES_TYPES = {"Q": "quarter", "6M": "6M", "9M": "9M"}
RATES = {
    "KNTC_GQ": (85.0, ">", SUMS, 0.86),
    "KNTC_THQD": (90.0, ">", SUMS, 0.93),
    "QT_NQ": (100.0, "=", SUMS, 0.97),
    "DT_KL": (80.0, ">=", SUMS, 0.82),
    "PHOIHOP": (90.0, ">=", ["2025-6M", "2025", "2026-6M"], 0.95),
    "TTHC_DUNGHAN": (98.0, ">=", [*MONTHS, *SUMS], 0.985),
    "NTT_XL": (80.0, ">=", [*MONTHS, *SUMS], 0.79),
    "BC_DUNGHAN": (95.0, ">=", [*MONTHS, *SUMS], 0.9),
}
COUNTS = {"TD_XA": (2.0, ">=", [*MONTHS, *SUMS], 2), "KK_DONGNGUOI": (None, None, [*MONTHS, *SUMS], 3)}
IS_MET = {"met": True, "narrowly_met": True, "narrowly_missed": False, "missed": False}
SERIES_KEYS = {"series_key": "unit_key", "parent_series_key": "parent_unit_key"}
INDICATOR_COLUMNS = (
    *("indicator_name_vi", "indicator_name_en", "unit", "unit_en", "direction", "frequency", "is_rate"),
    *("is_panel", "panel_code", "sort_order", "source", "source_kind", "counterpart_code", "is_leading"),
)
"""The facts of an indicator that `rpt_indicator_series` repeats."""
RECORDED_MONTH = "2026-10"
GAP_MONTH = "2026-05"
"""No report of the month: the line must break here."""


@dataclass
class Builder:
    """Collects rows by table; `random` has a fixed seed, so that every run makes the same release."""

    units: list[dict[str, Any]]
    indicators: dict[str, dict[str, Any]]
    series_keys: dict[str | None, str]
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    random: random.Random = field(default_factory=lambda: random.Random(20261120))

    def add(self, table: str, **values: Any) -> None:
        """Add one row; columns that are not given are null."""
        columns = [column.split()[0] for column in TABLES[table]]
        unknown = set(values) - set(columns)
        if unknown:
            raise KeyError(f"{table} has no {unknown}")
        self.rows[table].append(tuple(values.get(column) for column in columns))


def make_release(data_dir: Path) -> Release:
    """Publish the fixture below `data_dir` as the current release."""
    settings = Settings(data_dir=data_dir)
    settings.published_dir.mkdir(parents=True, exist_ok=True)
    release_id = "r20261120T010500Z-fixture"
    path = settings.published_dir / f"{release_id}.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        counts = _fill(connection)
    release = Release(
        release_id=release_id,
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        built_at=BUILT_AT,
        as_of_date=AS_OF,
        code_version="fixture",
        input_fingerprint="fixture",
        file_count=1,
        submission_count=counts["fct_submissions"],
        indicator_value_count=counts["fct_indicator_values"],
        model_count=counts["fct_model_registrations"],
        tables=counts,
        folder=settings.published_dir,
    )
    (settings.published_dir / f"{release_id}.json").write_text(release.as_json())
    settings.current_path.write_text(release.as_json())
    dictionary.save(release, _described_tables())
    return release


def _described_tables() -> list[dictionary.Table]:
    """Describe the fixture's tables under their Vietnamese names; tests of dbt cover its own descriptions."""
    return [
        dictionary.Table(
            name=name,
            name_vi=dictionary.glossary()["tables"][name]["name"],
            grain="One row per thing",
            description=f"One row per thing of {name}.",
            description_vi=dictionary.glossary()["tables"][name]["text"],
            key=(columns[0].split()[0],),
            row_count=None,
            pages=("overview",),
            columns=tuple(_described_column(name, *column.split()) for column in columns),
        )
        for name, columns in sorted(TABLES.items())
    ]


def _described_column(table: str, name: str, data_type: str) -> dictionary.Column:
    return dictionary.Column(
        name=name,
        name_vi=dictionary.vietnamese_name(table, name),
        data_type=data_type,
        unit=None,
        unit_vi=None,
        description=f"What {name} holds.",
        is_key=name == "unit_key" and table == "dim_units",
        is_required=False,
        values=(),
        refers_to="dim_units.unit_key" if name == "unit_key" and table != "dim_units" else None,
    )


def _fill(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    connection.execute("create schema marts")
    for table, columns in TABLES.items():
        connection.execute(f"create table marts.{table} ({', '.join(columns)})")
    _fill_dimensions(connection)
    units = connection.execute("select * from marts.dim_units").to_arrow_table().to_pylist()
    indicators = connection.execute("select * from marts.dim_indicators").to_arrow_table().to_pylist()
    builder = Builder(
        units,
        {row["indicator_code"]: row for row in indicators},
        {unit["unit_key"]: unit["series_key"] for unit in units},
    )
    _add_sample(builder)
    _add_published(builder)
    _add_panel(builder)
    _add_benchmarks(builder)
    _add_recorded(builder)
    _add_party(builder)
    _add_models(builder)
    _add_lists(builder)
    _add_reviews(builder)
    _add_submissions(builder)
    add_resolutions(builder)
    _add_handling(builder)
    for table, rows in builder.rows.items():
        if rows:
            frame = pd.DataFrame(rows, columns=[column.split()[0] for column in TABLES[table]], dtype=object)
            connection.register("made", frame)
            connection.execute(f"insert into marts.{table} select * from made")
            connection.unregister("made")
    return {
        table: connection.execute(f"select count(*) from marts.{table}").fetchone()[0] for table in TABLES
    }


def _fill_dimensions(connection: duckdb.DuckDBPyConnection) -> None:
    seeds = str(SEEDS)
    connection.execute("set variable as_of = date '2026-11-20'")
    connection.execute(
        f"""
        create temp table all_units as
        select * from read_csv('{seeds}/units.csv', all_varchar = true)
        where level in ('country', 'province') or parent_unit_key in ('{LANG_SON}', '{TUYEN_QUANG}')
        union all select * from read_csv('{seeds}/bodies.csv', all_varchar = true)
        where parent_unit_key in ('{LANG_SON}', '20@0')
        union all select * from read_csv('{seeds}/party_units.csv', all_varchar = true)
        where parent_unit_key = '20@0'
        union all select * from read_csv('{seeds}/villages.csv', all_varchar = true)
        where unit_key = '{VILLAGE}'
        """
    )
    connection.execute(
        f"""
        create temp table steps as
        select * from read_csv('{seeds}/successions.csv', all_varchar = true) as steps
        where from_unit_key in (select unit_key from all_units) and to_unit_key in (select unit_key from all_units)
        """
    )
    connection.execute(
        """
        insert into marts.dim_units by name
        with recursive ends as (
            select unit_key, unit_key as end_key from all_units where valid_to is null
            union all
            select steps.from_unit_key, ends.end_key from steps inner join ends on ends.unit_key = steps.to_unit_key
        )
        select
            units.unit_key, units.unit_code, units.unit_name, units.level, units.unit_type, units.parent_unit_key,
            case units.level when 'country' then null when 'province' then units.unit_code when 'village' then '20'
                else split_part(units.parent_unit_key, '@', 1) end as province_code,
            ends.end_key as current_unit_key,
            coalesce(
                case when units.level = 'province' then split_part(ends.end_key, '@', 1) end,
                case when units.level = 'village' then '20' end,
                case when units.level <> 'country' then split_part(units.parent_unit_key, '@', 1) end
            ) as current_province_code,
            coalesce(renamed.from_unit_key, units.unit_key) as series_key,
            cast(units.valid_from as date) as valid_from, cast(units.valid_to as date) as valid_to,
            units.valid_to is null as is_current,
            coalesce(parents_renamed.from_unit_key, units.parent_unit_key) as parent_series_key
        from all_units as units
        left join steps as parents_renamed
            on parents_renamed.to_unit_key = units.parent_unit_key and parents_renamed.kind = 'renamed'
        left join ends on ends.unit_key = units.unit_key
        left join steps as renamed on renamed.to_unit_key = units.unit_key and renamed.kind = 'renamed'
        """
    )
    connection.execute(
        """
        insert into marts.dim_unit_successions by name
        select from_unit_key, to_unit_key, cast(effective_date as date) as effective_date, kind,
            cast(share as double) as share, share_source from steps
        """
    )
    connection.execute(
        f"""
        insert into marts.dim_indicators by name
        select indicator_code, indicator_name_vi, indicator_name_en, unit_vi as unit, unit_en, numerator_vi,
            denominator_vi, direction, frequency,
            cast(is_rate as boolean) as is_rate, aggregation, rollup, source, false as is_panel,
            'reported' as source_kind, if(indicator_code = 'BC_DUNGHAN', 'BC_DUNGHAN_GN', null) as counterpart_code,
            indicator_code <> 'BC_DUNGHAN' as is_leading
        from read_csv('{seeds}/indicators.csv', all_varchar = true)
        union all by name
        select indicator_code, indicator_name_vi, indicator_name_en, unit_vi as unit, unit_en, numerator_vi,
            denominator_vi, direction, frequency,
            cast(is_rate as boolean) as is_rate, aggregation, rollup, source, false as is_panel,
            'recorded' as source_kind, counterpart_code, true as is_leading
        from read_csv('{seeds}/recorded_indicators.csv', all_varchar = true)
        where indicator_code = 'BC_DUNGHAN_GN'
        union all by name
        select indicator_code, indicator_name_vi, indicator_name_en, unit_vi as unit, unit_en, direction, frequency,
            cast(is_rate as boolean) as is_rate, aggregation, rollup, source, true as is_panel, panel_code,
            'panel' as source_kind, true as is_leading,
            cast(sort_order as integer) as sort_order
        from read_csv('{seeds}/panel_indicators.csv', all_varchar = true)
        """
    )
    connection.execute(
        f"""
        update marts.dim_indicators set group_code = members.group_code, group_name_vi = groups.name_vi,
            group_name_en = groups.name_en, group_order = cast(groups.sort_order as integer),
            is_headline = cast(members.is_headline as boolean)
        from read_csv('{seeds}/indicator_group_members.csv', all_varchar = true) as members
        inner join read_csv('{seeds}/indicator_groups.csv', all_varchar = true) as groups using (group_code)
        where members.indicator_code = coalesce(dim_indicators.counterpart_code, dim_indicators.indicator_code)
        """
    )
    connection.execute(
        "update marts.dim_indicators set group_code = 'PANEL', group_name_vi = 'Chỉ số do nơi khác công bố',"
        " group_name_en = 'Figures published by others', group_order = 13, is_headline = true where group_code is null"
    )
    connection.execute(
        f"""
        insert into marts.dim_targets by name
        select * replace (
            cast(target_value as double) as target_value, cast(valid_from as date) as valid_from,
            cast(valid_to as date) as valid_to, cast(is_simulated as boolean) as is_simulated
        ) from read_csv('{seeds}/targets.csv', all_varchar = true)
        """
    )
    connection.execute(
        f"""
        insert into marts.dim_periods by name
        select * replace (
            cast(period_start_date as date) as period_start_date, cast(period_end_date as date) as period_end_date,
            cast(is_cumulative as boolean) as is_cumulative
        ) from read_csv('{seeds}/periods.csv', all_varchar = true)
        """
    )
    connection.execute(
        f"""
        insert into marts.dim_province_tiles by name
        select tiles.unit_code as province_code, cast(tile_row as integer) as tile_row,
            cast(tile_column as integer) as tile_column, label, units.unit_key, units.unit_name
        from read_csv('{seeds}/province_tiles.csv', all_varchar = true) as tiles
        inner join marts.dim_units as units
            on units.unit_code = tiles.unit_code and units.level = 'province' and units.is_current
        """
    )
    connection.execute(
        f"""
        insert into marts.dim_model_fields by name
        select field_code, field_name_vi, field_name_en, cast(sort_order as integer) as sort_order
        from read_csv('{seeds}/fields.csv', all_varchar = true)
        """
    )


def _add_sample(builder: Builder) -> None:
    communes = [unit for unit in builder.units if unit["level"] == "commune"]
    for scope in (LANG_SON, TUYEN_QUANG):
        own = [unit for unit in communes if unit["parent_unit_key"] == scope]
        scope_unit = next(unit for unit in builder.units if unit["unit_key"] == scope)
        for code, (target, operator, periods, level) in (RATES | COUNTS).items():
            for period in periods:
                if period == GAP_MONTH and scope == LANG_SON:
                    continue
                missing = builder.random.randint(0, 4)
                _add_figure(
                    builder,
                    scope_unit,
                    code,
                    period,
                    (target, operator, level),
                    size=40,
                    reporting=len(own) - missing,
                    expected=len(own),
                )
        for unit in own:
            for code in ("KNTC_GQ", "TTHC_DUNGHAN", "NTT_XL", "TD_XA"):
                target, operator, _, level = (RATES | COUNTS)[code]
                for period in ("2026-6M", "2026-9M"):
                    _add_figure(
                        builder,
                        unit,
                        code,
                        period,
                        (target, operator, level),
                        size=1,
                        reporting=1,
                        expected=1,
                    )

    village = next(unit for unit in builder.units if unit["unit_key"] == VILLAGE)
    rate = {"numerator": 2, "denominator": 3, "value": 200 / 3, "value_low": 20.8, "value_high": 93.9}
    reports = {"reporting_units": 1, "expected_units": 1, "verdict": "no_target"}
    add_series(builder, village, "NTT_XL", "2026-9M", **rate, **reports)


def _add_figure(
    builder: Builder,
    unit: dict[str, Any],
    code: str,
    period: str,
    aim: tuple[float | None, str | None, float],
    *,
    size: int,
    reporting: int,
    expected: int,
) -> None:
    indicator = builder.indicators[code]
    target, operator, level = aim
    if indicator["is_rate"]:
        denominator = builder.random.randint(6, 18) * size
        share = min(1.0, max(0.3, builder.random.gauss(level, 0.05)))
        numerator = round(denominator * share)
        value, (low, high) = 100 * numerator / denominator, wilson(numerator, denominator)
    else:
        numerator = denominator = low = high = None
        value = float(builder.random.randint(0, 2 * int(level)))
    previous = value + builder.random.choice([-3.5, -1.2, 0.0, 0.8, 2.4])
    add_series(
        builder,
        unit,
        code,
        period,
        numerator=numerator,
        denominator=denominator,
        value=value,
        value_low=low,
        value_high=high,
        reporting_units=reporting,
        expected_units=expected,
        target_operator=operator,
        target_value=target,
        verdict=_verdict(value, low, high, operator, target),
        is_small=target is not None
        and denominator is not None
        and wilson(denominator, denominator)[0] < target,
        is_provisional=target is not None and reporting < expected,
        gap_cases=_gap(value, numerator, denominator, operator, target),
        previous_value=previous,
        change=value - previous,
        change_class="better" if abs(value - previous) > 3 else "no_real_change",
        rank_low=2,
        rank_high=9,
        ranked_units=34,
        is_rankable=True,
        is_simulated=True,
        is_target_simulated=target is not None,
    )


def add_series(builder: Builder, unit: dict[str, Any], code: str, period: str, **values: Any) -> None:
    """Add a row of rpt_indicator_series on today's boundaries, and one as reported where the unit existed then."""
    kind, end = period_type(period), period_end(period)
    shared = {
        "level": unit["level"],
        "unit_key": unit["unit_key"],
        "unit_name": unit["unit_name"],
        "parent_unit_key": unit["parent_unit_key"],
        "province_code": unit["province_code"],
        "indicator_code": code,
        "period_code": period,
        "period_type": kind,
        "period_end_date": end,
        "coverage_ratio": values["reporting_units"] / values["expected_units"],
        "coverage_kind": "own_report" if values["expected_units"] == 1 else "communes",
        "is_estimated": False,
        "is_contradicted": False,
        "is_target_simulated": False,
        "is_small": False,
        "is_provisional": False,
        "is_met": IS_MET.get(values["verdict"]),
        **{name: builder.series_keys.get(unit[key]) for name, key in SERIES_KEYS.items()},
        "current_province_code": unit["current_province_code"],
        "unit_valid_to": unit["valid_to"],
        **{name: builder.indicators[code][name] for name in INDICATOR_COLUMNS},
    } | values
    if shared["is_met"] is False and values.get("target_value") is not None:
        aim = values["target_value"]
        shared["target_distance"] = abs(values["value"] - aim) / max(abs(aim), 1)
    lenses = [shared.pop("lens")] if "lens" in shared else ["current_boundaries", "as_reported"]
    for lens in lenses:
        builder.add("rpt_indicator_series", lens=lens, **shared)


def _add_published(builder: Builder) -> None:
    """Lâm Đồng 2023: 379 of 481. Bà Rịa - Vũng Tàu 2021: 2,071 models, under Hồ Chí Minh City, one of three."""
    by_key = {unit["unit_key"]: unit for unit in builder.units}
    low, high = wilson(379, 481)
    add_series(
        builder, by_key[DAM_RONG], "KNTC_GQ", "2023", lens="current_boundaries", numerator=379, denominator=481,
        value=100 * 379 / 481, value_low=low, value_high=high, reporting_units=1, expected_units=3,
        verdict="no_target", is_simulated=False,
    )  # fmt: skip
    add_series(
        builder, by_key["79@2025-07-01"], "DVK_DK", "2021", lens="current_boundaries", value=2071.0,
        reporting_units=1, expected_units=3, coverage_kind="provinces", verdict="no_target", is_simulated=False,
    )  # fmt: skip
    for period, value in (("2024", 121.0), ("2025", 134.0), ("2026-6M", 96.0)):
        add_series(
            builder, by_key[LANG_SON], "DVK_DK", period, value=value, reporting_units=60, expected_units=65,
            verdict="no_target", is_simulated=True,
        )  # fmt: skip


def _add_benchmarks(builder: Builder) -> None:
    """Add two rates of Lạng Sơn beside those of its region: one surely higher, one that cannot be told apart."""
    for code, own, others, comparison in (
        ("KNTC_GQ", (90, 100), (700, 1000), "above"),
        ("QT_NQ", (95, 100), (960, 1000), "not_apart"),
    ):
        indicator, (low, high), (others_low, others_high) = (
            builder.indicators[code],
            wilson(*own),
            wilson(*others),
        )
        builder.add(
            "rpt_unit_benchmarks", lens="current_boundaries", unit_key=LANG_SON, level="province",
            group_type="region", group_code="tdmn", group_name_vi="Trung du và miền núi phía Bắc",
            group_name_en="Northern midlands and mountains", indicator_code=code,
            indicator_name_vi=indicator["indicator_name_vi"], indicator_name_en=indicator["indicator_name_en"],
            unit=indicator["unit"], unit_en=indicator["unit_en"], direction=indicator["direction"], is_rate=True,
            period_code="2026-9M", period_end_date=period_end("2026-9M"),
            numerator=own[0], denominator=own[1], value=100 * own[0] / own[1], value_low=low, value_high=high,
            others_units=8, others_value=100 * others[0] / others[1], others_low=others_low, others_high=others_high,
            comparison=comparison, is_estimated=False,
        )  # fmt: skip


def _add_panel(builder: Builder) -> None:
    """Add a panel of made-up values, marked as simulated, under the names of two PAPI measures."""
    for lens, until in (("current_boundaries", None), ("as_reported", "2025-06-30")):
        for unit in builder.units:
            is_wanted = str(unit["valid_to"]) == until if until else unit["is_current"]
            if unit["level"] != "province" or not is_wanted:
                continue
            for code, middle in (("PAPI_OVERALL", 36.0), ("PAPI_TRANSPARENCY", 5.6)):
                for year in ("2014", "2015", "2016"):
                    value = round(builder.random.gauss(middle, middle / 18), 2)
                    is_merged = lens == "current_boundaries" and unit["unit_code"] not in (
                        "01",
                        "04",
                        "11",
                        "20",
                        "22",
                    )
                    add_series(
                        builder, unit, code, year, lens=lens, value=value, reporting_units=1, expected_units=1,
                        verdict="no_target", previous_value=value - 0.4, change=0.4,
                        change_class="too_few", is_estimated=is_merged,
                        is_simulated=True,
                    )  # fmt: skip


def _add_recorded(builder: Builder) -> None:
    """Add what was counted beside what Tuyên Quang reported for a month, and a total of its that is below its parts'."""
    unit = next(unit for unit in builder.units if unit["unit_key"] == TUYEN_QUANG)
    low, high = wilson(863, 1000)
    add_series(
        builder, unit, "BC_DUNGHAN_GN", RECORDED_MONTH, numerator=863, denominator=1000, value=86.3, value_low=low,
        value_high=high, reporting_units=125, expected_units=125, target_operator=">=", target_value=95.0,
        verdict="missed", is_simulated=True, is_target_simulated=True,
    )  # fmt: skip
    add_series(
        builder, unit, "TG_VUVIEC", RECORDED_MONTH, value=4.0, parts_value=6.0, is_contradicted=True,
        reporting_units=1, expected_units=1, verdict="no_target", is_simulated=True,
    )  # fmt: skip


def _add_party(builder: Builder) -> None:
    """Add the bloc of agencies of Lạng Sơn with its published awards, the province's committee and a base committee."""
    by_key = {unit["unit_key"]: unit for unit in builder.units}
    bloc, top, base = "20-DUK@0", "20-TU@0", "20-CS-VPTU@0"
    above = (
        *((key, "state", "20@0") for key in (bloc, base, "20-MTTQ@0")),
        (bloc, "party", top),
        (base, "party", bloc),
    )
    for key, hierarchy, parent in above:
        builder.add(
            "dim_unit_parents", unit_key=key, unit_name=by_key[key]["unit_name"], hierarchy=hierarchy,
            parent_unit_key=parent, parent_unit_name=by_key[parent]["unit_name"], valid_to=date(2025, 1, 31),
        )  # fmt: skip
    for code, value in (("DVK_CS", 15.0), ("DVK_KT_TT_DU", 9.0)):
        add_series(
            builder, by_key[bloc], code, "2017-2020", lens="as_reported", value=value, reporting_units=1, expected_units=1,
            verdict="no_target", is_simulated=False,
        )  # fmt: skip
    counted = {"reporting_units": 11, "expected_units": 15, "is_own": False, "is_simulated": True}
    for key, code, numbers in (
        (bloc, "QT_CB", {"numerator": 52.0, "denominator": 56.0, "value": 100 * 52 / 56, **counted}),
        (base, "QT_CB", {"value": 75.0, **counted}),
    ):
        facts = builder.indicators[code]
        builder.add(
            "rpt_party_totals", hierarchy="party", unit_key=key, indicator_code=code, is_contradicted=False,
            indicator_name_vi=facts["indicator_name_vi"], indicator_name_en=facts["indicator_name_en"],
            unit=facts["unit"], unit_en=facts["unit_en"], is_rate=facts["is_rate"], source_kind="reported",
            period_code="2024", period_end_date=date(2024, 12, 31), **numbers,
        )  # fmt: skip


def _add_handling(builder: Builder) -> None:
    """Add what Lạng Sơn waited for in 2026, and an inspection that it paid to a commune."""
    for lens in ("current_boundaries", "as_reported"):
        builder.add(
            "rpt_lateness", lens=lens, level="province", unit_key=LANG_SON, wait_type="disseminate", period_code="2026",
            period_end_date=date(2026, 12, 31), case_count=650, done_count=561, not_done_count=89,
            waiting_past_limit_count=89, median_days=20.0, p90_days=36.0, within_limit_count=127, late_count=434,
            judged_count=650, is_simulated=True,
        )  # fmt: skip
    commune = next(unit for unit in builder.units if unit["unit_code"] == "06337")
    builder.add(
        "fct_activities", activity_code="HD-20-2609-4", unit_key=LANG_SON, unit_name="Tỉnh Lạng Sơn",
        activity_type="inspection", activity_date=date(2026, 9, 15), is_held=True, subject_unit_key=commune["unit_key"],
        subject_unit_name=commune["unit_name"], document_no="28-KH/MP", document_title="Kế hoạch kiểm tra",
        conclusion_count=2, closed_conclusion_count=1, overdue_conclusion_count=1, is_simulated=True,
    )  # fmt: skip


def _add_models(builder: Builder) -> None:
    elements = ["measure", "baseline", "target", "due_date", "owner", "resources", "beneficiaries"]
    titles = [
        "Vận động nhân dân hiến đất mở rộng đường thôn",
        "Tổ tự quản bảo vệ đường biên, cột mốc",
        "Chi hội phụ nữ giúp nhau phát triển kinh tế vườn đồi",
        "Camera an ninh từ nguồn xã hội hóa",
        "Xóa nhà tạm cho hộ nghèo",
        "Tuyên truyền thực hiện nếp sống văn minh trong việc cưới, việc tang",
    ]
    communes = [
        unit for unit in builder.units if unit["parent_unit_key"] == LANG_SON and unit["level"] == "commune"
    ]
    counts: dict[tuple[str, str, str], int] = {}
    for number in range(1, 93):
        unit = builder.random.choice(communes[:50])
        kind = "individual" if builder.random.random() < 0.3 else "collective"
        field_code = builder.random.choice(["KT", "VHXH", "QPAN", "HTCT", "KT", "VHXH"])
        missing = [element for element in elements if builder.random.random() < 0.35]
        for key in (unit["unit_key"], LANG_SON, "VN@0"):
            counts[key, field_code, kind] = counts.get((key, field_code, kind), 0) + 1
        builder.add(
            "fct_model_registrations",
            model_code=f"DVK-{unit['unit_code']}-{number:03d}",
            unit_key=unit["unit_key"],
            current_unit_key=unit["unit_key"],
            model_name=builder.random.choice(titles),
            kind=kind,
            field_code=field_code,
            phase=PHASE,
            level="commune",
            registered_date=date(2026, 1, 5) + timedelta(days=builder.random.randint(0, 290)),
            status="registered",
            is_open=True,
            quality_score=len(elements) - len(missing),
            missing_elements=",".join(missing) or None,
            is_simulated=True,
            **_texts_of_model(number),
        )
        for event, day, result in (("step_1", date(2026, 3, 2), None), ("step_4", date(2026, 10, 20), 640.0)):
            builder.add(
                "fct_model_events", model_code=f"DVK-{unit['unit_code']}-{number:03d}", unit_key=unit["unit_key"],
                registered_unit_key=unit["unit_key"], event=event, event_date=day, result_value=result, is_simulated=True,
            )  # fmt: skip
    for (key, field_code, kind), count in counts.items():
        builder.add(
            "rpt_model_funnel", lens="current_boundaries", unit_key=key, phase=PHASE, field_code=field_code,
            kind=kind, registered_count=count, units_with_models=10, units_total=65, is_simulated=True,
        )  # fmt: skip


def _texts_of_model(number: int) -> dict[str, Any]:
    """Return what a model is about; its result reached the target for every second one, and is not comparable for the others."""
    is_clear = number % 2 == 0
    return {
        "objective": f"Mở rộng đường thôn số {number}",
        "measure": "Số mét đường",
        "baseline": "100" if is_clear else "chưa đo",
        "target": "600" if is_clear else "toàn tuyến",
        "due_date": date(2026, 12, 31),
        "result_value": 640.0,
        "result_date": date(2026, 10, 20),
        "result_verdict": "reached" if is_clear else "not_known",
        "result_not_known_because": None if is_clear else "not_comparable",
        "lead_force": "Chi bộ thôn",
        "partner_forces": "Hội Phụ nữ, Đoàn Thanh niên",
        "resources": "25 triệu đồng xã hội hóa",
        "resolution_no": f"{number}-NQ/ĐU",
        "registered_for_level": "province",
        "is_chosen_above": True,
        "campaign_code": "NTM",
    }


def _add_lists(builder: Builder) -> None:
    for key, name_vi, name_en in (
        ("model_steps:step_1", "Khảo sát, lựa chọn nội dung", "Survey and choice of content"),
        ("model_steps:step_4", "Kiểm tra, đánh giá, sơ kết", "Check and interim review"),
        ("model_levels:province", "Cấp tỉnh", "Province"),
        (
            "campaigns:NTM",
            "Cả nước chung sức xây dựng nông thôn mới",
            "The whole country builds new rural areas",
        ),
    ):
        builder.add("dim_list_items", list_item_key=key, name_vi=name_vi, name_en=name_en)


def _add_reviews(builder: Builder) -> None:
    for review, name_vi, name_en, day in (
        ("mid_term", "Sơ kết giữa giai đoạn", "Mid-term review", date(2028, 12, 31)),
        ("final", "Tổng kết giai đoạn", "Final review", date(2030, 12, 31)),
    ):
        builder.add(
            "rpt_phase_reviews", lens="current_boundaries", unit_key=LANG_SON, phase=PHASE, review_type=review,
            review_name_vi=name_vi, review_name_en=name_en, review_date=day, is_over=False, measure="recognised",
            numerator=40.0, denominator=92.0, value=100 * 40 / 92, target_operator=">=", target_value=60.0,
            verdict="not_yet_due", is_simulated=True, is_target_simulated=True,
        )  # fmt: skip


def _add_submissions(builder: Builder) -> None:
    for number, (period, status, errors) in enumerate(
        [("2026-9M", "accepted", 0), ("2026-9M", "returned", 3), ("2026-6M", "accepted_with_warnings", 0)]
    ):
        identifier = hashlib.sha256(f"{period}{status}".encode()).hexdigest()[:32]
        builder.add(
            "fct_submissions", submission_id=identifier, form="BC", unit_key=LANG_SON, period_code=period,
            revision=None if status == "returned" else 1, received_at=datetime(2026, 10, 8 - number, 2, 30),
            status=status, file_name=f"BC_LangSon_{period}.xlsx", file_sha256="0" * 64, row_count=18,
            error_count=errors, warning_count=1, is_simulated=True,
        )  # fmt: skip
        if errors:
            builder.add(
                "fct_submission_findings", submission_id=identifier, sheet="Chỉ tiêu", cell="D7",
                column_name="denominator", severity="error", rule_code="numerator_above_denominator",
                message_vi="Tử số lớn hơn mẫu số", message_en="Numerator above denominator",
                found_value="=HYPERLINK(1)", suggested_value="481",
            )  # fmt: skip
        if status == "accepted":
            for code in RATES:
                builder.add(
                    "fct_indicator_values", unit_key=LANG_SON, indicator_code=code, period_code=period, revision=1,
                    numerator=379.0, denominator=481.0, value=100 * 379 / 481,
                    known_from=datetime(2026, 10, 8, 2, 30), submission_id=identifier, sheet="Chỉ tiêu", cell="C7",
                    denominator_cell="D7",
                )  # fmt: skip
                for lens in ("current_boundaries", "as_reported"):
                    builder.add(
                        "rpt_figure_lineage", lens=lens, unit_key=LANG_SON, indicator_code=code, period_code=period,
                        part_unit_key=LANG_SON, submission_id=identifier, sheet="Chỉ tiêu", numerator_cell="C7",
                        denominator_cell="D7",
                        numerator=379.0, denominator=481.0, value=100 * 379 / 481, share=1.0,
                    )  # fmt: skip


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    """Return the 95 % Wilson interval in percent."""
    z, share = 1.959964, numerator / denominator
    centre = (share + z * z / (2 * denominator)) / (1 + z * z / denominator)
    half = (
        z
        / (1 + z * z / denominator)
        * math.sqrt(share * (1 - share) / denominator + (z / (2 * denominator)) ** 2)
    )
    return 100 * max(0.0, centre - half), 100 * min(1.0, centre + half)


def _verdict(
    value: float, low: float | None, high: float | None, operator: str | None, target: float | None
) -> str:
    if operator is None or target is None:
        return "no_target"
    is_good = value > target if operator == ">" else value >= target
    if low is None or high is None or target in (0, 100) or value == 100:
        return "met" if is_good else "missed"
    if is_good:
        return "met" if low >= target else "narrowly_met"
    return "missed" if high < target else "narrowly_missed"


def _gap(
    value: float,
    numerator: float | None,
    denominator: float | None,
    operator: str | None,
    target: float | None,
) -> int | None:
    if operator is None or target is None:
        return None
    if numerator is None or denominator is None:
        return max(0, math.ceil(target - value))
    needed = (
        math.floor(denominator * target / 100) + 1
        if operator == ">"
        else math.ceil(denominator * target / 100)
    )
    return max(0, needed - round(numerator))


def period_type(code: str) -> str:
    """Return the type of a period: month, quarter, 6M, 9M or year."""
    if len(code) == 4:
        return "year"
    tail = code[5:]
    return SERIES_TYPES.get(tail[:1] if tail.startswith("Q") else tail, "month")


def period_end(code: str) -> date:
    """Return the last day of the period."""
    year, tail = int(code[:4]), code[5:]
    month = {"": 12, "Q1": 3, "6M": 6, "9M": 9}.get(tail) or int(tail)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


if __name__ == "__main__":
    print(make_release(Path(sys.argv[1])).path)
