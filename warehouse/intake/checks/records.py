"""Checks of records: their dates, their status, the unit that has to act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from warehouse.intake.cells.row import Row
from warehouse.intake.checks.offices import unit_of_office
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.reference import periods
from warehouse.reference.context import Context


def phase_holds_date(rows: Sequence[Row], context: Context) -> None:
    """A registration is made inside its phase."""
    for row in rows:
        phase, day = row.values.get("phase"), row.values.get(row.table.form.dated_by)
        period = periods.from_code(phase) if phase else None
        if period and day and not period.start_date <= day <= period.end_date:
            row.issues.append(Issue("phase_without_date", "phase", phase, params={"date": as_text(day)}))


def level_above_is_above(rows: Sequence[Row], context: Context) -> None:
    """A model is chosen for a level above its own. Anything else is asked about and kept; it is not counted as chosen."""
    places = {item.code: item.sort_order for item in context.reference.list_items("model_levels")}
    for row in rows:
        own, chosen = row.values.get("level"), row.values.get("registered_for_level")
        if own and chosen and places.get(chosen, 0) >= places.get(own, 0):
            row.issues.append(
                Issue("level_above_not_above", "registered_for_level", row.raw("registered_for_level"))
            )


def activity_has_date(rows: Sequence[Row], context: Context) -> None:
    """An activity is planned for a day or was held on one; without either it belongs to no period."""
    dates = ("planned_date", "activity_date")
    for row in rows:
        if not any(row.values.get(name) or _has_issue(row, name) for name in dates):
            row.issues.append(Issue("activity_without_date", "activity_date"))


def status_agrees_with_closed_date(rows: Sequence[Row], context: Context) -> None:
    """A closed item has a closing date, an open one has none; one that was given up may have one."""
    for row in rows:
        status, closed_date = row.values.get("status"), row.values.get("closed_date")
        if status == "closed" and closed_date is None and not _has_issue(row, "closed_date"):
            row.issues.append(Issue("closed_without_date", "closed_date"))
        elif status in ("open", "in_progress") and closed_date is not None:
            row.issues.append(
                Issue(
                    "open_with_closed_date",
                    "status",
                    row.raw("status"),
                    params={"date": as_text(closed_date)},
                )
            )


def responsible_unit_is_known(rows: Sequence[Row], context: Context) -> None:
    """The unit that has to act existed then or exists today, and is named by its code or by a name that only one unit has."""
    _resolve_units(rows, context, "responsible_unit_code", "responsible_unit_unknown")


def subject_unit_is_known(rows: Sequence[Row], context: Context) -> None:
    """The unit that an inspection or a visit was paid to is a unit of the register."""
    _resolve_units(rows, context, "subject_unit_code", "subject_unit_unknown")


def owner_unit_is_known(rows: Sequence[Row], context: Context) -> None:
    """The unit that leads the work on a document is a unit of the register."""
    _resolve_units(rows, context, "owner_unit_code", "owner_unit_unknown")


def document_is_not_its_own_parent(rows: Sequence[Row], context: Context) -> None:
    """A document carries out another one; that one may arrive later, so that it is not known here is no error."""
    for row in rows:
        number = row.values.get("document_no")
        if number is not None and row.values.get("parent_document_no") == number:
            row.issues.append(Issue("document_is_own_parent", "parent_document_no", number))


def _resolve_units(rows: Sequence[Row], context: Context, column: str, unknown_rule: str) -> None:
    """Write the code of the unit that a column names by code, name or office; note `unknown_rule` where there is no such unit.

    A code is looked up on the day of the record first, then today: some units are younger than what they have to do.
    """
    units = context.reference.units
    for row in rows:
        text = row.values.get(column)
        if text is None:
            continue
        of_record: date = row.table.form.date_of(row.values) or context.as_of_date
        province = _province_of(row, context)
        for on_date in (of_record, context.as_of_date):
            # A code begins with a digit; a name is searched for in the reporting unit's own province.
            match = (
                units.resolve(text, None, None, on_date)
                if text[0].isdigit()
                else units.resolve(None, text, province, on_date)
            )
            if match.unit_key:
                row.values[column] = units.get(match.unit_key).unit_code
                break
            unit = unit_of_office(text, row.unit, units, on_date)
            if unit:
                row.values[column] = unit.unit_code
                row.issues.append(
                    Issue("office_read_as_unit", column, text, unit.unit_code, {"unit": unit.unit_name})
                )
                break
        else:
            row.issues.append(Issue(unknown_rule, column, text))


def _province_of(row: Row, context: Context) -> str | None:
    if row.unit is None:
        return None
    above = (row.unit, *context.reference.units.ancestors(row.unit))
    return next((unit.unit_name for unit in above if unit.level == "province"), None)


def _has_issue(row: Row, column: str) -> bool:
    return any(issue.column == column for issue in row.issues)
