"""`python -m warehouse inspection-pack --topic T --unit CODE --from MONTH --to MONTH --out FILE`: pack a topic over years."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from warehouse import settings
from warehouse.disk.damage import LastingFault
from warehouse.inspection import topics
from warehouse.inspection.pack import Packed, write_pack
from warehouse.inspection.request import BadRequest, Request, find_unit, months_between
from warehouse.release import store

PACKED, NOTHING, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: topic, unit, months and the file to write."""
    parser.add_argument(
        "--topic", required=True, metavar="T", help="such as complaints; an unknown one lists all"
    )
    parser.add_argument(
        "--unit", required=True, metavar="CODE", help="code of the unit at the end of the months, such as 08"
    )
    parser.add_argument(
        "--from", required=True, metavar="MONTH", dest="first", help="first month, such as 2024-01"
    )
    parser.add_argument(
        "--to", required=True, metavar="MONTH", dest="last", help="last month, such as 2026-10"
    )
    parser.add_argument("--out", required=True, metavar="FILE", type=Path, help="the .zip to write")
    parser.add_argument(
        "--without-files", action="store_true", help="list the files that were sent and leave them out"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when the pack was written, 1 when there is nothing to pack, 2 where the request makes no sense."""
    current = settings.load()
    if arguments.out.exists():
        return _say(
            f"{arguments.out}: đã có tệp này, sẽ không ghi đè (the file exists and is not overwritten)",
            REFUSED,
        )
    try:
        release = store.current(current)
        if release is None:
            return _say("chưa có bản phát hành nào (no release yet: run `make load`)", NOTHING)
        first, last = months_between(arguments.first, arguments.last)
        topic = topics.find_topic(topics.load_topics(current.seeds_dir, last), arguments.topic)
        unit = find_unit(release, arguments.unit, last)
        request = Request(topic, unit, first, last, with_files=not arguments.without_files)
        packed = _write(arguments.out, current, release, request)
    except (BadRequest, topics.UnknownTopic) as error:
        return _say(str(error.args[0]), REFUSED)
    except (LastingFault, OSError) as error:
        return _say(str(error), NOTHING)
    if packed is None:
        return _say(
            f"{topic.name_vi}, {unit.unit_name}, {arguments.first} – {arguments.last}: không có dữ liệu, không tạo tệp"
            " (nothing was found, no file was made)",
            NOTHING,
        )
    print(f"{arguments.out}: {topic.name_vi}, {unit.unit_name}, {release.release_id}")
    print("  " + ", ".join(f"{name} {count}" for name, count in packed.row_counts.items()))
    print("  " + ", ".join(f"{state} {count}" for state, count in packed.file_states.items()))
    if packed.file_states.get("damaged"):
        print(
            "có tệp lưu trữ không đúng mã băm (an archived file differs from its hash): csv/files.csv",
            file=sys.stderr,
        )
    return PACKED


def _write(out: Path, current: settings.Settings, release: store.Release, request: Request) -> Packed | None:
    """Write the pack under another name first, so that a file under its own name is whole; None when there is nothing to pack."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".", suffix=".part", delete=False) as stream:
        part = Path(stream.name)
        try:
            packed = write_pack(stream, current, release, request)
            if not packed.is_empty:
                stream.flush()
                os.fsync(stream.fileno())
                part.chmod(0o644)
                part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    return None if packed.is_empty else packed


def _say(reason: str, code: int) -> int:
    print(reason, file=sys.stderr)
    return code
