"""The tables that the rules of plausibility read, in a DuckDB of a test's own."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from tests.marts.dbt_kit import SmallBuild
from tests.marts.plausibility_country import COMMUNES_A_PROVINCE, PROVINCES, SEEDS_DIR, Figure, level

# Further tables that the dbt models read; they are empty unless a test fills them.
EMPTY = {
    "int_ratings": "unit_key varchar, period_code varchar, rated_count bigint, outstanding_count bigint, good_count bigint",
    "int_documents": "unit_key varchar, disseminated_date date, organisations_total bigint, organisations_done bigint",
    "int_model_registrations": "unit_key varchar, model_code varchar, model_name varchar, kind varchar, phase varchar,"
    " registered_date date, end_date date, period_code varchar, submission_id varchar",
    "int_unit_paths_to_current": "from_unit_key varchar, to_unit_key varchar, successor_count bigint",
    "int_unit_successions": "from_unit_key varchar, to_unit_key varchar",
    "int_single_successors": "unit_key varchar, current_unit_key varchar",
    "int_series_verdicts": "unit_key varchar, period_code varchar, indicator_code varchar, verdict varchar",
    "int_model_near_duplicates": "unit_key varchar, model_code varchar, similar_unit_key varchar, similar_model_code varchar,"
    " similarity double, is_same_unit boolean, is_same_year boolean",
}


def tables(connection: SmallBuild, figures: Iterable[Figure]) -> None:
    """Make the upstream tables: units, periods, indicators, parents, values and seeds."""
    for name in (
        "plausibility_rules",
        "plausibility_thresholds",
        "indicator_measures",
        "indicator_components",
        "self_scored_indicators",
    ):
        path = SEEDS_DIR / f"{name}.csv"
        connection.execute(
            f"create table {name} as select * from read_csv(?, all_varchar = true, header = true)",
            [str(path)],
        )
    for name, column, kind in (
        ("plausibility_thresholds", "threshold_value", "double"),
        ("plausibility_thresholds", "valid_from", "date"),
        ("plausibility_thresholds", "valid_to", "date"),
        ("self_scored_indicators", "high_from", "double"),
    ):
        connection.execute(f"alter table {name} alter {column} type {kind}")
    for name, definition in EMPTY.items():
        connection.execute(f"create table {name} ({definition})")
    _reference(connection)
    columns = [
        "unit_key",
        "indicator_code",
        "period_code",
        "numerator",
        "denominator",
        "value",
        "submission_id",
    ]
    rows = pd.DataFrame(
        [
            (f.unit, f.indicator, f.period, f.numerator, f.denominator, _value(f), f"{f.unit}/{f.period}")
            for f in figures
        ],
        columns=columns,
    ).astype(dict.fromkeys(columns[3:6], "Float64"))
    connection.execute(
        "create table int_indicator_values (unit_key varchar, indicator_code varchar, period_code varchar,"
        " revision bigint default 1, numerator double, denominator double, value double, submission_id varchar,"
        " is_not_applicable boolean default false, known_from timestamp default timestamp '2026-11-01',"
        " known_to timestamp, is_simulated boolean default true)"
    )
    connection.register("rows", rows)
    connection.execute(f"insert into int_indicator_values ({', '.join(columns)}) select * from rows")
    connection.execute(
        "create table int_submissions as select distinct submission_id, unit_key, period_code, 'BC' as form,"
        " true as is_accepted, cast(null as timestamp) as superseded_at, true as is_simulated, 1 as revision,"
        " false as is_part_correction from int_indicator_values"
    )


def _value(figure: Figure) -> float | None:
    if figure.denominator is None or figure.numerator is None:
        return figure.value
    return 100 * figure.numerator / figure.denominator if figure.denominator else None


def _reference(connection: SmallBuild) -> None:
    connection.execute(
        "create table int_periods as select period_code, period_type, cast(period_start_date as date) as"
        " period_start_date, cast(period_end_date as date) as period_end_date, previous_period_code,"
        " date '1900-01-01' as epoch_start_date,"
        " row_number() over (partition by period_type order by period_start_date) as period_number,"
        " dense_rank() over (order by period_type) as period_type_number from read_csv(?, all_varchar = true, header = true)",
        [str(SEEDS_DIR / "periods.csv")],
    )
    connection.execute(
        "create table int_indicators as select *, row_number() over (order by indicator_code) as indicator_number"
        " from (select indicator_code, indicator_name_vi, indicator_name_en, direction,"
        " is_rate = 'true' as is_rate, aggregation, rollup, null as panel_code"
        " from read_csv(?, all_varchar = true, header = true)"
        " union all select indicator_code, indicator_name_vi, indicator_name_en, direction, false, aggregation,"
        " rollup, panel_code from read_csv(?, all_varchar = true, header = true))",
        [str(SEEDS_DIR / "indicators.csv"), str(SEEDS_DIR / "panel_indicators.csv")],
    )
    connection.execute(
        "create table int_units (unit_key varchar, unit_name varchar, series_key varchar, level varchar,"
        " province_unit_key varchar, province_code varchar, rollup_level varchar,"
        " is_current boolean default true, unit_number bigint, series_number bigint)"
    )
    communes = [f"{p}-{n:03}" for p in PROVINCES for n in range(COMMUNES_A_PROVINCE)]
    connection.executemany(
        "insert into int_units values (?, ?, ?, ?, ?, ?, ?, true, ?, ?)",
        [
            (unit, f"Đơn vị {unit}", unit, level(unit), unit[:2], unit[:2], level(unit), number, number)
            for number, unit in enumerate([*communes, *PROVINCES])
        ],
    )
    connection.execute(
        "create table dim_units as select *, province_code as current_province_code from int_units"
    )
    connection.execute(
        "create table int_unit_parents as select unit_key, province_unit_key as parent_unit_key,"
        " date '1900-01-01' as epoch_start_date from int_units where level = 'commune'"
    )
