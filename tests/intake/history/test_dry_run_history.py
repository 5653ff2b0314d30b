"""A dry run while a writer holds the raw store: the current release is asked instead, and says the same."""

from __future__ import annotations

from warehouse.intake.upload.dry_run import DryRun, dry_run, receive
from warehouse.raw.store import open_store
from warehouse.settings import Settings

# The year 2023 was reported with 379 of 481: nine months cannot have had more.
CONTENT = b"unit_code,period,indicator_code,numerator,denominator\n68,2023-9M,KNTC_GQ,400,450\n"


def tried(settings: Settings) -> DryRun:
    """What the upload page would say."""
    (check,) = dry_run([receive("bc.csv", CONTENT)], settings)
    return check


def test_the_release_says_what_the_store_says(settings: Settings) -> None:
    from_store = tried(settings)
    with open_store(settings):
        from_release = tried(settings)
    assert [item["rule_code"] for item in from_store.parsed.findings].count("cumulative_above_later") == 1
    assert from_release.parsed == from_store.parsed
