"""The key by which a row is recognised in another file, wherever it stands there."""

from __future__ import annotations

import hashlib

from warehouse.forms.contract import Form
from warehouse.intake.cells.row import Row, clean_text
from warehouse.text.citizen_numbers import hide_citizen_numbers
from warehouse.text.vietnamese import tone_key

MAX_KEY_CHARACTERS = 80
DIGEST_DIGITS = 16


def key_column(form: Form) -> str:
    """Return the column that names a row inside its unit and period: the code of an indicator, a model or an item, a division."""
    return next(name for name in form.key if form.by_name[name].type not in ("unit", "period"))


def row_key(row: Row) -> str | None:
    """Return the row's own key as it was understood, else as it was written; None where the row has none.

    The key of a record without a code is a digest of its text, since the text may name people. A code that the intake gave
    does not count: the record is the same when it is sent again without the code, or with an error.
    """
    form = row.table.form
    name = key_column(form)
    written = clean_text(row.raw(name))
    if written is not None:
        return hide_citizen_numbers(str(row.values.get(name) or written))[:MAX_KEY_CHARACTERS]
    if form.key_prefix is None:
        found = row.values.get(name)
        return None if found is None else str(found)[:MAX_KEY_CHARACTERS]
    text = clean_text(row.raw(form.anchors[1]))
    return hashlib.sha256(tone_key(text).encode()).hexdigest()[:DIGEST_DIGITS] if text else None
