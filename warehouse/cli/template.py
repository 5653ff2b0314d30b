"""`python -m warehouse template FORM --unit CODE --period P --out FILE`: write the workbook of a unit for a period."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from warehouse import settings
from warehouse.disk.damage import LastingFault
from warehouse.forms.contract import load_forms
from warehouse.intake.cells.unit_issues import describe_match
from warehouse.reference import periods
from warehouse.reference.context import load_reference
from warehouse.templates.registered_models import MODEL_FORM, registered_models
from warehouse.templates.workbook import make_template


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options; several forms separated by commas become sheets of one workbook."""
    parser.add_argument("form", metavar="FORM", help=f"{', '.join(load_forms())}; several as BC,DK,TX")
    parser.add_argument(
        "--unit", required=True, metavar="CODE", help="code of the reporting unit, such as 20"
    )
    parser.add_argument(
        "--period", required=True, metavar="P", help="2026-10, 2026-Q1, 2026-6M, 2026-9M, 2026"
    )
    parser.add_argument("--out", required=True, metavar="FILE", type=Path, help="the .xlsx to write")


def run(arguments: argparse.Namespace) -> int:
    """Write the workbook. Exit 2, with the reason, where the request makes no sense."""
    forms = arguments.form.upper().split(",")
    current = settings.load()
    reference = load_reference(current.seeds_dir)
    period = periods.from_text(arguments.period)
    if unknown := [form for form in forms if form not in load_forms()]:
        return _refuse(f"no form {', '.join(unknown)}; there are {', '.join(load_forms())}")
    if period is None:
        return _refuse(
            f"{arguments.period!r} is not a period; write 2026-10, 2026-Q1, 2026-6M, 2026-9M, 2026"
        )
    match = reference.units.resolve(arguments.unit, None, None, period.end_date)
    if match.unit_key is None:
        return _refuse(describe_match(reference.units, match, arguments.unit, period.end_date))
    try:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        models = registered_models(match.unit_key, period, current) if MODEL_FORM in forms else []
        make_template(
            forms, match.unit_key, period.code, arguments.out, reference, prefill={MODEL_FORM: models}
        )
    except (ValueError, OSError, LastingFault) as error:
        return _refuse(str(error))
    print(
        f"{arguments.out}: {', '.join(forms)}, {reference.units.get(match.unit_key).unit_name}, {period.code}"
    )
    return 0


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 2
