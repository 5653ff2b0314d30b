"""The raw store as one build finds it, so that the intake can go on meanwhile and dry runs always have a past to ask."""

from __future__ import annotations

from datetime import UTC

from warehouse.intake.store import open_store
from warehouse.release import store
from warehouse.settings import Settings
from warehouse.sql import replace_database


def take_snapshot(settings: Settings) -> None:
    """Copy the raw store as it is now, with the list of releases brought up to date for rpt_releases.

    The copy takes the place of the last one by rename: a dry run that reads the last one neither waits nor is waited for.
    """
    columns = (
        "release_id, built_at, as_of_date, code_version, input_fingerprint,"
        " file_count, submission_count, indicator_value_count, model_count"
    )
    rows = [
        [
            release.release_id,
            release.built_at.astimezone(UTC).replace(tzinfo=None),
            release.as_of_date,
            release.code_version,
            release.input_fingerprint,
            release.file_count,
            release.submission_count,
            release.indicator_value_count,
            release.model_count,
        ]
        for release in store.releases(settings)
    ]
    with open_store(settings) as connection:
        connection.begin()
        connection.execute("delete from raw.releases")
        for row in rows:
            connection.execute(
                f"insert into raw.releases ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row
            )
        connection.commit()
        # After a checkpoint the file is whole without its log, and the open connection keeps other writers out.
        connection.execute("checkpoint")
        replace_database(settings.raw_path, settings.snapshot_path)
