"""The raw store as one build sees it, so that the intake can go on meanwhile."""

from __future__ import annotations

import logging
from datetime import UTC

from warehouse.intake.store import open_store
from warehouse.release import store
from warehouse.settings import Settings
from warehouse.sql import copy_database

_log = logging.getLogger(__name__)


def take_snapshot(settings: Settings) -> None:
    """Copy the raw store as it is now, with the list of releases brought up to date for rpt_releases.

    A release whose manifest cannot be read is missing in that list, and is named in the log.
    """
    for error in store.damaged_manifests(settings):
        _log.warning("%s", error)
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
        copy_database(settings.raw_path, settings.snapshot_path)
