"""The last build that was attempted: its inputs and its state. `last_build.json` is the only record of both.

Whether a build is needed follows from it alone: other inputs than those of the last attempt need one.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from warehouse.disk.durable import write_file
from warehouse.raw.store import check_store
from warehouse.release import store
from warehouse.release.fingerprint import current_inputs
from warehouse.release.partial import Scope
from warehouse.settings import Settings

State = Literal["at_work", "built", "failed", "published"]
# A build that is at work for longer was killed.
LONGEST_BUILD = timedelta(hours=2)

_log = logging.getLogger(__name__)


class NoBuild(RuntimeError):
    """There is no build that could be published: none was begun, or the last one is at work or failed."""


@dataclass(frozen=True)
class BuildSummary:
    """One build. It becomes a release once it is audited and published; times are UTC.

    `built_at` is the time at which it began; `scope` says whether the private file holds everything or some provinces of a
    release.
    """

    release_id: str
    built_at: datetime
    as_of_date: date
    code_version: str
    input_fingerprint: str
    scope: Scope


def needs_build(settings: Settings, again: bool = False) -> bool:
    """Whether the inputs differ from those of the last attempted build.

    With the same inputs a build is needed where the last attempt did not end in a release that readers can read. A build that
    failed or is at work is not started anew by itself, unless it has been at work for too long; `again`, for a run
    that a person asked for, starts it, and reads the whole file of the current release. Raises DamagedFile for a damaged raw
    store then.
    """
    if again:
        # No build is possible from a damaged store, and an intact release must not hide the damage.
        check_store(settings)
    record = _read(settings)
    if record is None or record["input_fingerprint"] != current_inputs(settings):
        return True
    match record["state"]:
        case "published":
            damage = store.damage_of_current(settings, with_content=again)
            if damage:
                _log.warning("%s", damage)
            return damage is not None or store.current(settings) is None
        case "failed":
            return again
        case _:
            began_at = datetime.fromisoformat(record["built_at"])
            return again or datetime.now(UTC) - began_at > LONGEST_BUILD


def note(settings: Settings, summary: BuildSummary, state: State) -> None:
    """Record the state of a build."""
    fields = asdict(summary) | {
        "built_at": summary.built_at.isoformat(),
        "as_of_date": summary.as_of_date.isoformat(),
        "state": state,
    }
    write_file(_path(settings), (json.dumps(fields, indent=2) + "\n").encode())


def last_build(settings: Settings, *states: State) -> BuildSummary:
    """Return the last build, which must be in one of these states, by default `built` or `published`. Raises NoBuild."""
    record = _read(settings)
    if record is None or record["state"] not in (states or ("built", "published")):
        raise NoBuild(f"there is no finished build in {settings.warehouse_dir}")
    fields = {name: value for name, value in record.items() if name != "state"}
    fields |= {
        "built_at": datetime.fromisoformat(fields["built_at"]),
        "as_of_date": date.fromisoformat(fields["as_of_date"]),
        "scope": Scope.from_fields(fields["scope"]),
    }
    return BuildSummary(**fields)


def forget_unfinished(settings: Settings) -> None:
    """Forget a build that is noted as at work when no build can be: it was stopped together with all other processes."""
    record = _read(settings)
    if record is not None and record["state"] == "at_work":
        _path(settings).unlink()


def _read(settings: Settings) -> dict[str, Any] | None:
    """Return the record; None where there is none, or where an earlier version wrote it without the state."""
    try:
        record: dict[str, Any] = json.loads(_path(settings).read_text())
    except FileNotFoundError:
        return None
    return record if "state" in record else None


def _path(settings: Settings) -> Path:
    return settings.warehouse_dir / "last_build.json"
