"""Publish the audited build as an immutable file and point readers at it; put an earlier release back."""

from __future__ import annotations

import json

import duckdb

from warehouse.disk.durable import write_file
from warehouse.disk.syncing import sync_dir, sync_file
from warehouse.raw.sql import attach, copy_database, quoted
from warehouse.release import dictionary, last_build, parquet, partial, store
from warehouse.release.build import BuildFailed, dbt_target_dir
from warehouse.release.last_build import BuildSummary
from warehouse.release.partial import Scope
from warehouse.release.store import DamagedRelease, Release
from warehouse.release.views import in_order
from warehouse.settings import Settings

MARTS_SCHEMA = "marts"
# A release is read by DuckDB 1.4 or newer: repeated texts take less room, and small tables waste less of their last block.
_NEW_RELEASE: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.4.0",
    "default_block_size": "65536",
}
_WORKING_SUFFIX = ".working"


def publish(settings: Settings) -> str:
    """Publish the last build; return its release id. A repeated call only points readers at the release, where its file is
    intact.

    Readers of the earlier release are not disturbed: its file stays, only the pointer changes, by one rename.
    """
    summary = last_build.last_build(settings)
    settings.published_dir.mkdir(parents=True, exist_ok=True)
    manifest = store.manifest_path(settings, summary.release_id)
    release = _published_already(settings, summary.release_id)
    if release is None:
        release = _write_release(settings, summary)
        dictionary.write(release, dbt_target_dir(settings) / "manifest.json")
        partial.keep_base(settings, release, summary.scope.contents)
        write_file(manifest, release.as_json().encode())
    _point_at(settings, release, summary.scope)
    last_build.note(settings, summary, "published")
    _drop_old(settings)
    return release.release_id


def rollback(settings: Settings, release_id: str) -> Release:
    """Put an earlier release back. It stays current until new input makes a new release.

    Raises NoSuchRelease, or DamagedRelease when its file differs from the published one.
    """
    release = store.find(settings, release_id)
    if reason := release.content_fault():
        raise DamagedRelease(
            release.path, reason, "It is not put back; `python -m warehouse releases` lists all."
        )
    _point_at(settings, release)
    return release


def _published_already(settings: Settings, release_id: str) -> Release | None:
    """Return the release of that name where an earlier publication, perhaps cut off later, left it whole."""
    found = next((release for release in store.releases(settings) if release.release_id == release_id), None)
    return found if found is not None and found.content_fault() is None else None


def published_tables(settings: Settings) -> dict[str, dict[str, str]]:
    """Return every table of the marts in the order of names: its description under '', the columns' descriptions by name."""
    manifest = json.loads((dbt_target_dir(settings) / "manifest.json").read_text())
    return {
        node["name"]: {"": node["description"].strip()}
        | {column["name"]: column["description"] for column in node["columns"].values()}
        for node in sorted(manifest["nodes"].values(), key=lambda node: node["name"])
        if node["resource_type"] == "model" and node["schema"] == MARTS_SCHEMA
    }


def published_views(settings: Settings) -> dict[str, str]:
    """Return the query of each mart that is a view. It names published tables without a database, so that every release can hold
    it."""
    manifest = json.loads((dbt_target_dir(settings) / "manifest.json").read_text())
    return {
        node["name"]: node["compiled_code"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["schema"] == MARTS_SCHEMA
        and node["config"]["materialized"] == "view"
    }


def _write_release(settings: Settings, summary: BuildSummary) -> Release:
    """Write the marts, and nothing else, into a file of their own: all rows as built, or rows of some provinces into a copy of an
    earlier release."""
    final = settings.published_dir / f"{summary.release_id}.duckdb"
    working = final.with_name(f".{final.name}{_WORKING_SUFFIX}")
    working.unlink(missing_ok=True)
    rows: dict[str, int] = {}
    views = published_views(settings)
    described = published_tables(settings)
    tables = [name for name in described if name not in views]
    scope = summary.scope
    if scope.base_release_id is not None:
        copy_database(store.find(settings, scope.base_release_id).path, working)
    with duckdb.connect(str(working), config=_NEW_RELEASE) as connection:
        attach(connection, settings.build_path, "build")
        if scope.is_whole:
            connection.execute(f"create schema {MARTS_SCHEMA}")
            for table in tables:
                connection.execute(
                    f"create table {MARTS_SCHEMA}.{table} as select * from build.{MARTS_SCHEMA}.{table}"
                )
        else:
            partial.replace_rows(connection, scope, summary.release_id, tables)
        for view in in_order(views):
            connection.execute(f"create or replace view {MARTS_SCHEMA}.{view} as {views[view]}")
        for name, descriptions in described.items():
            _describe(
                connection, f"{MARTS_SCHEMA}.{name}", descriptions, "view" if name in views else "table"
            )
        for table in tables:
            name = f"{MARTS_SCHEMA}.{table}"
            rows[table] = int((connection.execute(f"select count(*) from {name}").fetchone() or (0,))[0])
        counts = connection.execute(
            "select file_count, submission_count, indicator_value_count, model_count"
            f" from {MARTS_SCHEMA}.rpt_releases where release_id = ?",
            [summary.release_id],
        ).fetchone()
        connection.execute("detach build")
        connection.execute("checkpoint")
    if counts is None:
        raise BuildFailed(f"the build does not name release {summary.release_id} in rpt_releases")
    sync_file(working)
    release = Release(
        release_id=summary.release_id,
        file=final.name,
        sha256=store.sha256_of(working),
        built_at=summary.built_at,
        as_of_date=summary.as_of_date,
        code_version=summary.code_version,
        input_fingerprint=summary.input_fingerprint,
        file_count=counts[0],
        submission_count=counts[1],
        indicator_value_count=counts[2],
        model_count=counts[3],
        tables=rows,
        folder=settings.published_dir,
        size_bytes=working.stat().st_size,
    )
    working.rename(final)
    sync_dir(settings.published_dir)
    return release


def _describe(
    connection: duckdb.DuckDBPyConnection, table: str, descriptions: dict[str, str], kind_of_table: str
) -> None:
    """Write grain and meaning into the file as comments, so that `describe` and catalogues show them."""
    for column, text in descriptions.items():
        kind, name = ("column", f"{table}.{column}") if column else (kind_of_table, table)
        connection.execute(f"comment on {kind} {name} is {quoted(text)}")


def _point_at(settings: Settings, release: Release, scope: Scope | None = None) -> None:
    store.switch(settings, release)
    parquet.write(settings, release, scope)


def _drop_old(settings: Settings) -> None:
    """Remove the files of releases beyond the number that is kept; never the current one. Manifests stay."""
    now = store.current(settings)
    kept = [release for release in store.releases(settings) if release.is_kept]
    for release in kept[settings.releases_kept :]:
        if now is None or release.release_id != now.release_id:
            release.path.unlink(missing_ok=True)
            dictionary.path_of(release).unlink(missing_ok=True)
            partial.forget_base(settings, release.release_id)
    for leftover in settings.published_dir.glob(f".*{_WORKING_SUFFIX}"):
        leftover.unlink(missing_ok=True)
