"""Add to the snapshot the list of releases, the name of the build, and the figures of the current release."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import duckdb

from warehouse.raw.snapshot import new_snapshot
from warehouse.raw.tables import RAW_SCHEMA, RELEASES_TABLE, raw_tables
from warehouse.release import store
from warehouse.release.earlier import add_earlier
from warehouse.release.fingerprint import code_version, input_fingerprint
from warehouse.release.last_build import BuildSummary
from warehouse.release.partial import make_base_tables, whole
from warehouse.release.store import Release
from warehouse.settings import Settings

_log = logging.getLogger(__name__)


def take_snapshot(settings: Settings, history_of: Release | None = None) -> BuildSummary:
    """Make the snapshot for a build that begins now; return the summary of the build, which has not run yet.

    `history_of` is the release whose list of restatements is carried on, by default the newest one.
    """
    as_of = settings.as_of_date()
    begun_at = datetime.now(UTC).replace(microsecond=0)
    with new_snapshot(settings) as connection:
        fingerprint = input_fingerprint(settings, as_of, connection)
        summary = BuildSummary(
            release_id=f"r{begun_at:%Y%m%d-%H%M%S}-{fingerprint[:8]}",
            built_at=begun_at,
            as_of_date=as_of,
            code_version=code_version(settings),
            input_fingerprint=fingerprint,
            scope=whole("not decided yet"),
        )
        _list_releases(connection, settings)
        _name_build(connection, summary)
        add_earlier(connection, settings, history_of)
        make_base_tables(connection)
    return summary


def _list_releases(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill the list of releases from their manifests, for rpt_releases.

    A release whose manifest cannot be read is missing in that list, and is named in the log.
    """
    for error in store.damaged_manifests(settings):
        _log.warning("%s", error)
    columns = list(raw_tables()[RELEASES_TABLE])
    connection.execute(f"delete from {RAW_SCHEMA}.{RELEASES_TABLE}")
    for release in store.releases(settings):
        fields = {name: getattr(release, name) for name in columns} | {"built_at": _naive(release.built_at)}
        connection.execute(
            f"insert into {RAW_SCHEMA}.{RELEASES_TABLE} ({', '.join(columns)})"
            f" values ({', '.join('?' for _ in columns)})",
            [fields[name] for name in columns],
        )


def _name_build(connection: duckdb.DuckDBPyConnection, summary: BuildSummary) -> None:
    """Write the name of the build into a table: a dbt variable that changes with each build would make dbt parse all models
    anew."""
    connection.execute(
        f"create table {RAW_SCHEMA}.this_build"
        " (release_id varchar, built_at timestamp, as_of_date date, code_version varchar)"
    )
    connection.execute(
        f"insert into {RAW_SCHEMA}.this_build values (?, ?, ?, ?)",
        [summary.release_id, _naive(summary.built_at), summary.as_of_date, summary.code_version],
    )


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
