"""`python -m warehouse known-on DATE --out FILE.duckdb`: make every table as it was known at the end of a day."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from warehouse.disk.damage import LastingFault
from warehouse.settings import Settings, load

BUILT, FAILED, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the day, and the file to make."""
    parser.add_argument("day", metavar="DATE", help="a day in Viet Nam, such as 2026-09-30; all of it counts")
    parser.add_argument("--out", required=True, metavar="FILE", type=Path, help="the DuckDB file to make")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when the file was made, 1 when the build failed, 2 where the request makes no sense."""
    settings = load()
    try:
        day = date.fromisoformat(arguments.day)
    except ValueError:
        return _refuse(
            f"{arguments.day}: không phải ngày, hãy viết như 2026-09-30 (not a date; write it as 2026-09-30)"
        )
    if reason := _objection(settings, day, arguments.out):
        return _refuse(reason)
    # Imported here: dbt takes a second to import.
    from warehouse.raw.store import StoreBusyError  # noqa: PLC0415
    from warehouse.release.known_on import build_known_on  # noqa: PLC0415

    try:
        made = build_known_on(settings, day, arguments.out)
    except (LastingFault, StoreBusyError, OSError) as error:
        print(f"không tạo được tệp (the file was not made): {error}", file=sys.stderr)
        return FAILED
    if made.file_count == 0:
        print(f"đến hết ngày {day:%d/%m/%Y} chưa nhận được tệp nào (no file had been received by then)")
    print(f"{made.path}: số liệu như đã biết đến hết ngày {day:%d/%m/%Y}, từ {made.file_count} tệp đã nhận")
    print(f"(as known at the end of {day} in Viet Nam, from {made.file_count} files received)")
    return BUILT


def _objection(settings: Settings, day: date, out: Path) -> str | None:
    """Return the reason why the file cannot be made; None when it can."""
    today = settings.as_of_date()
    if day > today:
        return f"{day}: chưa đến ngày này, hôm nay là {today:%d/%m/%Y} (this day is yet to come; today is {today})"
    if out.exists():
        return f"{out}: đã có tệp này, sẽ không ghi đè (the file exists and is not overwritten)"
    if not settings.raw_path.exists():
        return f"{settings.data_dir}: chưa nạp gì vào kho (nothing was ever loaded here; run `make load`)"
    return None


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return REFUSED
