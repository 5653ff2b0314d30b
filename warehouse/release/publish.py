"""Publish the audited build as an immutable file and point readers at it; put an earlier release back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb

from warehouse.disk.durable import write_file
from warehouse.disk.syncing import sync_dir, sync_file
from warehouse.raw.sql import attach, copy_database, quoted
from warehouse.release import dictionary, last_build, parquet, partial, store
from warehouse.release.build import dbt_target_dir
from warehouse.release.last_build import BuildSummary
from warehouse.release.partial import Scope
from warehouse.release.store import Release
from warehouse.settings import Settings

MARTS_SCHEMA = "marts"
_HASH_BLOCK_BYTES = 1 << 20
_WORKING_SUFFIX = ".working"


class DamagedRelease(RuntimeError):
    """The file of a release was changed after it was published."""


def publish(settings: Settings) -> str:
    """Publish the last build; its release id. Doing it again does no harm: a release that is there is only pointed at.

    Readers of the earlier release are not disturbed: its file stays, only the pointer changes, by one rename.
    """
    summary = last_build.last_build(settings)
    settings.published_dir.mkdir(parents=True, exist_ok=True)
    manifest = store.manifest_path(settings, summary.release_id)
    if manifest.exists():
        release = store.find(settings, summary.release_id)
    else:
        release = _write_release(settings, summary)
        dictionary.write(release, dbt_target_dir(settings) / "manifest.json")
        partial.keep_base(settings, release, summary.scope.contents)
        write_file(manifest, release.as_json().encode())
    _point_at(settings, release, summary.scope)
    last_build.note(settings, summary, "published")
    _drop_old(settings)
    return release.release_id


def rollback(settings: Settings, release_id: str) -> Release:
    """Put an earlier release back. It stays until new input makes a new one.

    Raises NoSuchRelease, or DamagedRelease when its file is not the one that was published.
    """
    release = store.find(settings, release_id)
    if _sha256(release.path) != release.sha256:
        raise DamagedRelease(f"{release.path.name} was changed after it was published; it is not put back")
    _point_at(settings, release)
    return release


def published_tables(settings: Settings) -> dict[str, dict[str, str]]:
    """Every table of the marts in the order of its name, with its description under '' and its columns' by name."""
    manifest = json.loads((dbt_target_dir(settings) / "manifest.json").read_text())
    return {
        node["name"]: {"": node["description"].strip()}
        | {column["name"]: column["description"] for column in node["columns"].values()}
        for node in sorted(manifest["nodes"].values(), key=lambda node: node["name"])
        if node["resource_type"] == "model" and node["schema"] == MARTS_SCHEMA
    }


def _write_release(settings: Settings, summary: BuildSummary) -> Release:
    """The marts, and nothing else, in a file of their own: all as built, or those of some provinces upon an earlier release."""
    final = settings.published_dir / f"{summary.release_id}.duckdb"
    working = final.with_name(f".{final.name}{_WORKING_SUFFIX}")
    working.unlink(missing_ok=True)
    rows: dict[str, int] = {}
    tables = published_tables(settings)
    scope = summary.scope
    if scope.base_release_id is not None:
        copy_database(store.find(settings, scope.base_release_id).path, working)
    with duckdb.connect(str(working)) as connection:
        attach(connection, settings.build_path, "build")
        if scope.is_whole:
            connection.execute(f"create schema {MARTS_SCHEMA}")
            for table in tables:
                connection.execute(
                    f"create table {MARTS_SCHEMA}.{table} as select * from build.{MARTS_SCHEMA}.{table}"
                )
        else:
            partial.replace_rows(connection, scope, summary.release_id, tables)
        for table, descriptions in tables.items():
            name = f"{MARTS_SCHEMA}.{table}"
            _describe(connection, name, descriptions)
            rows[table] = int((connection.execute(f"select count(*) from {name}").fetchone() or (0,))[0])
        counts = connection.execute(
            "select file_count, submission_count, indicator_value_count, model_count"
            f" from {MARTS_SCHEMA}.rpt_releases where release_id = ?",
            [summary.release_id],
        ).fetchone()
        connection.execute("detach build")
        connection.execute("checkpoint")
    if counts is None:
        raise DamagedRelease(f"the build does not name release {summary.release_id} in rpt_releases")
    sync_file(working)
    release = Release(
        release_id=summary.release_id,
        file=final.name,
        sha256=_sha256(working),
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
    )
    working.rename(final)
    sync_dir(settings.published_dir)
    return release


def _describe(connection: duckdb.DuckDBPyConnection, table: str, descriptions: dict[str, str]) -> None:
    """Grain and meaning travel with the file, so that `describe` and catalogues show them."""
    for column, text in descriptions.items():
        kind, name = ("column", f"{table}.{column}") if column else ("table", table)
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


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_HASH_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
