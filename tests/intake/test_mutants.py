"""Files changed as people change them: never a crash, and never a value taken that the file does not say."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from tests.intake.file_kit import kept, parse
from tests.intake.mutations import MUTATIONS
from tests.intake.mutator import INVALID, Mutant, mutant
from warehouse.forms.contract import Form
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.text.vietnamese import tone_key

# A file of some twenty rows: a hang is thousands of times as long.
LONGEST_SECONDS = 20
FEWEST_ROWS_A_FILE = 1.0


def faults(made: Mutant, parsed: ParsedFile) -> list[str]:
    """Return each kept value that differs from the mutator's record."""
    found = []
    for row in kept(parsed, made.form.table):
        place = (row["sheet"], row["row_number"])
        truth = made.truth.get(place)
        if truth is None:
            found.append(f"{place}: kept, but it is no data")
            continue
        pairs: dict[str, tuple[Any, Any]] = {
            "unit_key": (made.unit_keys[place], row["unit_key"]),
            "period_code": (made.period_codes[place], row["period_code"]),
        }
        for name in compared(made.form):
            pairs[name] = (expected(made.form, name, truth), row[name])
        found += [
            f"{place} {name}: means {meant!r}, kept as {taken!r}"
            for name, (meant, taken) in pairs.items()
            if not agrees(meant, taken)
        ]
    return found


def compared(form: Form) -> list[str]:
    """Return the form's columns whose values are compared one by one."""
    skipped = ("unit", "period")
    return [
        column.name for column in form.stored_columns if column.type not in skipped and column.name != "note"
    ]


def expected(form: Form, name: str, truth: Any) -> Any:
    if form.code == "BC" and name == "value":
        numerator, denominator = truth["numerator"], truth["denominator"]
        if isinstance(numerator, int | float) and isinstance(denominator, int | float):
            return 100 * numerator / denominator if denominator else None
    return truth.get(name)


def agrees(meant: Any, kept: Any) -> bool:
    if meant is INVALID:
        return False
    if isinstance(meant, int | float) and isinstance(kept, int | float):
        return kept == pytest.approx(meant, rel=1e-12)
    if isinstance(meant, datetime):
        meant = meant.date()
    if isinstance(meant, date) or meant is None or kept is None:
        return meant == kept
    return tone_key(str(meant)) == tone_key(str(kept))


def check(seeds: range, folder: Path) -> None:
    kept_rows, told, used = 0, [], Counter[str]()
    for seed in seeds:
        made = mutant(seed, folder)
        used.update(made.applied)
        path = folder / made.file_name
        path.write_bytes(made.content)
        started = process_time()
        parsed = parse(path)
        seconds = process_time() - started
        kept_rows += sum(map(len, parsed.records.values()))
        wrong = faults(made, parsed)
        if seconds > LONGEST_SECONDS:
            wrong.append(f"took {seconds:.0f} s")
        if any(finding["rule_code"] == "file_unexpected" for finding in parsed.findings):
            wrong.append("the reader failed")
        if wrong:
            told.append(f"seed {seed} ({', '.join(made.applied)}): {'; '.join(wrong[:3])}")
        path.unlink()
    assert told == []
    # A reader that asks everything back would pass the first comparison.
    assert kept_rows > FEWEST_ROWS_A_FILE * len(seeds)
    assert len(used) > len(MUTATIONS) * 0.9


def test_no_value_is_kept_that_a_file_does_not_say(tmp_path: Path) -> None:
    check(range(100), tmp_path)


@pytest.mark.long
def test_no_value_is_kept_that_two_thousand_files_do_not_say(tmp_path: Path) -> None:
    check(range(2000), tmp_path)


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    csv_seeds = [seed for seed in range(30) if mutant(seed, tmp_path).file_name.endswith(".csv")][:3]
    assert csv_seeds
    for seed in csv_seeds:
        assert mutant(seed, tmp_path) == mutant(seed, tmp_path)
