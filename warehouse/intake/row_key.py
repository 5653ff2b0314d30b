"""What a row is about, so that the same row is known again in another file, wherever it stands there."""

from __future__ import annotations

import hashlib

from warehouse.forms.contract import Form
from warehouse.intake.citizen_numbers import hide_citizen_numbers
from warehouse.intake.row import Row, clean_text
from warehouse.text import tone_key

LONGEST_KEY = 80
DIGEST_DIGITS = 16


def key_column(form: Form) -> str:
    """The column that names a row inside its unit and period: an indicator's, a model's or an item's code, a division."""
    return next(name for name in form.key if form.by_name[name].type not in ("unit", "period"))


def row_key(row: Row) -> str | None:
    """The row's own key as understood, or as it was written where it was not; None where the row has none.

    A record without a code is known by a digest of what it says, since its text may name people. A code that the
    intake gave is passed over: sent again without it, or with an error, the record is still the same one.
    """
    form = row.table.form
    name = key_column(form)
    written = clean_text(row.raw(name))
    if written is not None:
        return hide_citizen_numbers(str(row.values.get(name) or written))[:LONGEST_KEY]
    if form.key_prefix is None:
        found = row.values.get(name)
        return None if found is None else str(found)[:LONGEST_KEY]
    told = clean_text(row.raw(form.anchors[1]))
    return hashlib.sha256(tone_key(told).encode()).hexdigest()[:DIGEST_DIGITS] if told else None
