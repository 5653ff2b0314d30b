"""The one door to handing in: dry runs, marked copies and receipts, kept for the reader's session."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from warehouse import settings
from warehouse.intake.upload import collection, dry_run, hand_in
from warehouse.intake.upload.dry_run import DryRun, Finding, MarkedCopy, Upload
from warehouse.intake.upload.hand_in import Receipt

FILES_AT_ONCE = 20
"""More files than this go into the inbox folder."""

_CHECKS, _COPIES, _RECEIPTS = "_submit_checks", "_submit_copies", "_submit_receipts"
log = logging.getLogger(__name__)

__all__ = ["FILES_AT_ONCE", "DryRun", "FailedError", "Finding", "MarkedCopy", "Receipt"]


class FailedError(Exception):
    """A fault of the server, logged under `reference`, which the reader can give to the administrator."""

    def __init__(self) -> None:
        self.reference = uuid.uuid4().hex[:8]
        log.exception("submit_page_failed: %s", self.reference)
        super().__init__(self.reference)


def receive(file_name: str, content: bytes) -> Upload:
    """Return a file that the browser sent."""
    return dry_run.receive(file_name, content)


def _asked(upload: Upload) -> tuple[str, str]:
    """Return the key of a dry run: with another choice of how the file is sent it says something else."""
    return upload.file_sha256, f"{upload.how_sent}/{upload.file_name}"


def checks(uploads: Sequence[Upload]) -> list[DryRun]:
    """Return the dry run of each file, made once a session for the files that are chosen now. Raises FailedError."""
    known = {key: check for key, check in _kept(_CHECKS).items() if key in {_asked(item) for item in uploads}}
    new = [upload for upload in uploads if _asked(upload) not in known]
    try:
        found = dry_run.dry_run(new, settings.load()) if new else []
    except Exception as error:
        raise FailedError from error
    known |= {_asked(check.upload): check for check in found}
    st.session_state[_CHECKS] = known
    return [known[_asked(upload)] for upload in uploads]


def marked_copy(check: DryRun) -> MarkedCopy | None:
    """Return the annotated copy, made once a session; None where none can be made."""
    copies = _kept(_COPIES)
    key = _asked(check.upload)
    if key not in copies:
        chosen = _kept(_CHECKS)
        for other in [other for other in copies if other not in chosen]:
            del copies[other]
        try:
            copies[key] = dry_run.marked_copy(check, settings.load())
        except Exception:
            log.exception("no_marked_copy")
            return None
    copy: MarkedCopy | None = copies[key]
    return copy


def received_before(check: DryRun) -> datetime | None:
    """Return the time (UTC) at which the same content first arrived; None where it is new."""
    return hand_in.received_before(check.upload, settings.load())


def receipt(check: DryRun) -> Receipt | None:
    """Return the receipt, where the file was handed in in this session."""
    found: Receipt | None = _kept(_RECEIPTS).get(_key(check.upload))
    return found


def send(chosen: Sequence[DryRun]) -> bool:
    """Hand the files in and start the collection; return False where the next sweep will take them instead. Raises
    FailedError."""
    current = settings.load()
    try:
        for check in chosen:
            _kept(_RECEIPTS)[_key(check.upload)] = hand_in.hand_in(check, current)
        return collection.call_collection(current)
    except Exception as error:
        raise FailedError from error


def _kept(name: str) -> dict[tuple[str, str], Any]:
    kept: dict[tuple[str, str], Any] = st.session_state.setdefault(name, {})
    return kept


def _key(upload: Upload) -> tuple[str, str]:
    return upload.file_sha256, upload.file_name
