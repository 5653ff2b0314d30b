"""The reports of a country, written straight into the raw store: the intake is measured elsewhere.

25 indicators, 120 months with the mergers of 2025-07-01 in the middle. Each of the 3,321 communes of today reports all of
them every month; before the mergers one commune in three does (there were three times as many), so that both halves hold
as many values: about 10 million for the whole country, or a share of its communes for the smaller sizes. One workbook a unit
and month; 3 % are missing, 1 % were sent again. All figures are simulated, from hashes, and the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.raw.store import open_store
from warehouse.settings import Settings

AS_OF_DATE = date(2030, 7, 20)
FIRST_MONTH, MERGER_MONTH, LAST_MONTH = "2020-07-01", "2025-07-01", "2030-06-01"
INDICATOR_COUNT = 25
MONTHS = 120
COMMUNES_TODAY = 3321
SIZES = {"100k": 100_000, "1M": 1_000_000, "10M": 10_000_000}
# Every unit gets a number from 0 to 9,999 by its hash; units below the threshold take part.
_HASH_BUCKETS = 10_000
_REPORTS = f"""
create temp table months as
    select strftime(moments.moment, '%Y-%m') as period_code, last_day(moments.moment) as period_end_date
    from generate_series(timestamp '{FIRST_MONTH}', timestamp '{LAST_MONTH}', interval 1 month) as moments (moment);

create temp table indicators as
    select indicator_code, is_rate, row_number() over (order by indicator_code) as indicator_number
    from read_csv($indicators, header = true, all_varchar = false)
    where aggregation = 'sum'
    order by indicator_code
    limit {INDICATOR_COUNT};

create temp table communes as
    select unit_key, unit_code, coalesce(valid_from, date '1900-01-01') as alive_from,
        coalesce(valid_to, date '9999-12-31') as alive_to,
        5 + hash(unit_key, 'size') % 400 as size
    from read_csv($units, header = true, types = {{'unit_code': 'varchar', 'valid_from': 'date', 'valid_to': 'date'}})
    where level = 'commune'
        and (valid_from is not null or hash(unit_key, 'heard') % 3 = 0)
        and hash(unit_key, 'drawn') % {_HASH_BUCKETS} < $buckets;

create temp table reports as
    select sha256(unit_key || period_code || revision) as file_sha256, unit_key, unit_code, period_code, size, revision,
        cast(period_end_date as timestamp) + to_hours(cast(24 + hash(unit_key, period_code, revision) % 200 as integer))
            + to_days(cast(30 * (revision - 1) as integer)) as received_at
    from communes, months, (values (1), (2)) as revisions (revision)
    where period_end_date between alive_from and alive_to
        and hash(unit_key, period_code, 'silent') % 100 >= 3
        and (revision = 1 or hash(unit_key, period_code, 'again') % 100 = 0);

create temp table numbered as
    select *, left(sha256(file_sha256 || '|BC|' || unit_key || '|' || period_code), 16) as submission_id from reports;
"""
_INSERTS = (
    """insert into raw.files by name
    select file_sha256, 'BC_' || unit_code || '_' || period_code || '.xlsx' as file_name, received_at, 20000 as size_bytes,
        'inbox' as source_kind, true as is_simulated, 'accepted' as outcome, 'simulated' as parser_version
    from numbered order by received_at, file_sha256""",
    f"""insert into raw.submissions by name
    select submission_id, file_sha256, 'BC' as form, unit_key, period_code, 'accepted' as status,
        {INDICATOR_COUNT} as row_count, 0 as error_count, 0 as warning_count, 'BC' as sheet
    from numbered order by received_at, file_sha256""",
    """insert into raw.bc_rows by name
    select submission_id, 1 + indicator_number as row_number, 5 as column_number,
        case when is_rate then 6 end as denominator_column_number, indicator_code,
        case when is_rate then cast(denominator - denominator * failing // 1000 as double) end as numerator,
        case when is_rate then cast(denominator as double) end as denominator,
        case when not is_rate then cast(denominator // 20 as double) end as value,
        false as is_not_applicable
    from (
        select *, size * (80 + hash(unit_key, period_code, indicator_code, revision) % 41) // 100 as denominator,
            hash(unit_key, indicator_code) % 200 + hash(period_code, unit_key, indicator_code, revision) % 60 as failing
        from numbered, indicators
    ) order by received_at, file_sha256, indicator_number""",
)


@dataclass(frozen=True)
class Country:
    """The content of a raw store that was made."""

    values: int
    submissions: int
    communes: int


def make_country(settings: Settings, size: str) -> Country:
    """Fill the raw store, which must not exist, with a country of that size."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    whole = INDICATOR_COUNT * MONTHS * COMMUNES_TODAY
    with open_store(settings) as connection:
        for statement in filter(str.strip, _REPORTS.split(";")):
            connection.execute(statement, _parameters(statement, settings, SIZES[size] / whole))
        connection.begin()
        for statement in _INSERTS:
            connection.execute(statement)
        connection.commit()
        return Country(
            values=_count(connection, "select count(*) from raw.bc_rows"),
            submissions=_count(connection, "select count(*) from raw.submissions"),
            communes=_count(connection, "select count(*) from communes"),
        )


def add_workbook(settings: Settings, number: int) -> str:
    """Add one workbook, a correction by one commune of today for the last month; return the key of the unit."""
    sha = f"{number:064x}"
    with open_store(settings) as connection:
        unit_key = str(
            _one(
                connection,
                f"select unit_key from raw.submissions where period_code = '{LAST_MONTH[:7]}'"
                f" order by hash(unit_key, {number}) limit 1",
            )
        )
        connection.begin()
        connection.execute(
            f"insert into raw.files values ('{sha}', 'BC_{number}.xlsx', timestamp '2030-07-15' + to_minutes({number}),"
            " 20000, 'inbox', true, 'accepted', 'simulated')"
        )
        connection.execute(
            f"insert into raw.submissions values ('{number:016x}', '{sha}', 'BC', '{unit_key}', '{LAST_MONTH[:7]}',"
            f" 'accepted', {INDICATOR_COUNT}, 0, 0, 'BC')"
        )
        connection.execute(
            f"insert into raw.bc_rows select * replace ('{number:016x}' as submission_id,"
            f" numerator * ((hash(indicator_code, {number}) % 10 + 1) / 11.0) as numerator) from (select distinct on"
            f" (indicator_code) figures.* from raw.bc_rows as figures inner join raw.submissions using (submission_id)"
            f" where unit_key = '{unit_key}' and period_code = '{LAST_MONTH[:7]}')"
        )
        connection.commit()
    return unit_key


def _parameters(statement: str, settings: Settings, share: float) -> dict[str, object]:
    known: dict[str, object] = {
        "indicators": str(settings.seeds_dir / "indicators.csv"),
        "units": str(settings.seeds_dir / "units.csv"),
        "buckets": round(_HASH_BUCKETS * min(1.0, share)),
    }
    return {name: value for name, value in known.items() if f"${name}" in statement}


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(str(_one(connection, sql)))
