"""The queries of an inspection pack, one file each, read through the reader of releases."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from warehouse.release import reader
from warehouse.release.store import Release

_FOLDER = Path(__file__).parent


def read(release: Release, query: str, /, **parameters: object) -> pd.DataFrame:
    """Return the rows of `<query>.sql`; whole numbers stay whole where some are missing. Raises what the reader raises."""
    sql = (_FOLDER / f"{query}.sql").read_text(encoding="utf-8")
    return reader.query(release, sql, parameters).convert_dtypes()
