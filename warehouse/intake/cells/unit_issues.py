"""Makes the issue for a unit that was not understood."""

from __future__ import annotations

from datetime import date

from warehouse.intake.messages.findings import Issue, as_text, in_words
from warehouse.reference.units.register import UnitMatch, UnitRegister, UnitVersion

MAX_CHOICES = 5


def unit_issue(units: UnitRegister, match: UnitMatch, found: str, has_code: bool, on_date: date) -> Issue:
    """Return the issue for a match without a unit. `found` is the text of the row."""
    suggestion = match.suggestion
    hint_vi, hint_en = "", ""
    if suggestion:
        label = _label(units, suggestion)
        hint_vi, hint_en = f" Mã đúng là {label}.", f" The right code is {label}."
    elif match.rule == "unknown" and match.candidates:
        labels = "; ".join(_label(units, unit) for unit in match.candidates)
        hint_vi, hint_en = f" Có phải là {labels}?", f" Is it {labels}?"
    params = {
        "on_date": as_text(on_date),
        "choices": "; ".join(_label(units, unit) for unit in match.candidates[:MAX_CHOICES]),
        "hint_vi": hint_vi,
        "hint_en": hint_en,
    }
    column = "unit_code" if has_code or match.rule == "missing" else "unit_name"
    suggested = suggestion.unit_code if suggestion else None
    return Issue(f"unit_{match.rule}", column, found, suggested, params)


def old_district(unit: UnitVersion, found: str, cell: str | None = None) -> Issue:
    """Return the remark that a unit was found although its district, which is written too, had ended."""
    params = {"unit": f"{unit.unit_code} ({unit.unit_name})"}
    return Issue("unit_old_district", "unit_name", found, params=params, cell=cell)


def describe_match(units: UnitRegister, match: UnitMatch, found: str, on_date: date) -> str:
    """Return the message of a match without a unit in both languages, for a command line."""
    return " / ".join(in_words(unit_issue(units, match, found, has_code=True, on_date=on_date), "", ""))


def _label(units: UnitRegister, unit: UnitVersion) -> str:
    """Return code, name and the places above: `06445 (Xã Tân Thành, Tỉnh Lạng Sơn)`.

    Before districts ended only the district told communes of one name apart, and the province says where it lies.
    """
    above = [up.unit_name for up in units.ancestors(unit) if up.level != "country"]
    return f"{unit.unit_code} ({', '.join((unit.unit_name, *above))})"
