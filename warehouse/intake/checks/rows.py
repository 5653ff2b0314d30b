"""The checks that contracts name. Each takes rows whose cells are understood and notes what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from warehouse.forms.contract import Form
from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue, as_text, severity_of
from warehouse.reference import periods
from warehouse.reference.context import Context

Check = Callable[[Sequence[Row], Context], None]
_PARTS = (("numerator", "tử số", "the numerator"), ("denominator", "mẫu số", "the denominator"))
_FREQUENCIES_VI = {
    "month": "tháng",
    "quarter": "quý I",
    "6M": "6 tháng",
    "9M": "9 tháng",
    "year": "năm",
    "phase": "giai đoạn",
}
_FREQUENCIES_EN = {
    "month": "month",
    "quarter": "first quarter",
    "6M": "six months",
    "9M": "nine months",
    "year": "year",
    "phase": "phase",
}


def period_accepted(rows: Sequence[Row], context: Context) -> None:
    """An indicator is reported for the periods of its frequency and any coarser one."""
    for row in rows:
        indicator = row.indicator
        if indicator and row.period and row.period.period_type not in indicator.accepted_types:
            params = {
                "indicator": indicator.code,
                "period_vi": periods.label_vi(row.period.code),
                "period_en": periods.label_en(row.period.code),
                "accepted_vi": ", ".join(_FREQUENCIES_VI[name] for name in indicator.accepted_types),
                "accepted_en": ", ".join(_FREQUENCIES_EN[name] for name in indicator.accepted_types),
            }
            row.issues.append(Issue("period_not_accepted", "period", row.period.code, params=params))


def rate_has_parts(rows: Sequence[Row], context: Context) -> None:
    """A rate without numerator or denominator cannot be added up, whatever its value."""
    for row in rows:
        indicator = row.indicator
        if not indicator or not indicator.is_rate or row.is_not_applicable or row.says_nothing:
            continue
        missing = [
            part for part in _PARTS if row.values.get(part[0]) is None and not _is_asked_back(row, part[0])
        ]
        if missing:
            names, vi, en = zip(*missing, strict=True)
            params = {
                "indicator": indicator.code,
                "missing_vi": " và ".join(vi),
                "missing_en": " and ".join(en),
            }
            row.issues.append(Issue("rate_needs_parts", names[0], params=params))


def count_has_value_alone(rows: Sequence[Row], context: Context) -> None:
    """A count stands under value; under numerator or denominator it is not clear what was meant."""
    for row in rows:
        indicator = row.indicator
        if not indicator or indicator.is_rate or row.is_not_applicable:
            continue
        given = [name for name, _, _ in _PARTS if row.values.get(name) is not None]
        for name in given:
            is_certain = name == "numerator" and len(given) == 1 and row.values.get("value") is None
            number = row.values[name]
            row.issues.append(
                Issue(
                    "count_has_parts",
                    name,
                    number,
                    number if is_certain else None,
                    {"indicator": indicator.code},
                )
            )


def whole_counts(rows: Sequence[Row], context: Context) -> None:
    """Parts of rates, and counts of things, are whole and are not percentages."""
    for row in rows:
        indicator = row.indicator
        if not indicator:
            continue
        for name in indicator.figures:
            number = row.values.get(name)
            if _is_percent(row, name):
                row.issues.append(Issue("percent_in_count", name, row.raw(name)))
            elif number is not None and indicator.counts_whole_things and not number.is_integer():
                row.issues.append(Issue("not_whole", name, number))


def numerator_le_denominator(rows: Sequence[Row], context: Context) -> None:
    """No more were done than were to be done."""
    for row in rows:
        numerator, denominator = row.values.get("numerator"), row.values.get("denominator")
        if numerator is None or denominator is None or numerator <= denominator:
            continue
        if _is_percent(row, "numerator") or _is_percent(row, "denominator"):
            continue
        if row.indicator is None or row.indicator.is_rate:
            params = {"denominator": as_text(denominator)}
            row.issues.append(Issue("numerator_above_denominator", "numerator", numerator, params=params))


def value_agrees_with_parts(rows: Sequence[Row], context: Context) -> None:
    """A rate's value, where given, is numerator / denominator × 100 up to the rounding that it shows."""
    for row in rows:
        value = row.values.get("value")
        if value is None or not row.indicator or not row.indicator.is_rate:
            continue
        numerator, denominator = row.values.get("numerator"), row.values.get("denominator")
        if numerator is None or denominator is None:
            continue
        if denominator == 0:
            if numerator == 0 and value != 0:
                row.issues.append(
                    Issue("value_disagrees_with_parts", "value", value, params={"suggested": "0/0"})
                )
            continue
        if numerator <= denominator and not _agrees(value, numerator / denominator):
            row.issues.append(
                Issue("value_disagrees_with_parts", "value", value, round(100 * numerator / denominator, 2))
            )


def not_applicable_alone(rows: Sequence[Row], context: Context) -> None:
    """A row that says "not applicable" has no figures."""
    for row in rows:
        if not row.is_not_applicable:
            continue
        given = [name for name in ("numerator", "denominator", "value") if row.values.get(name) is not None]
        if given:
            row.issues.append(Issue("not_applicable_with_figures", given[0], row.values[given[0]]))


def indicator_is_owed(rows: Sequence[Row], context: Context) -> None:
    """A figure that the unit's kind does not owe is kept, and asked about."""
    for row in rows:
        indicator = row.indicator
        if not indicator or not row.unit or not row.period:
            continue
        if not context.reference.is_owed(indicator.code, row.unit.level, row.period.end_date):
            params = {"indicator": indicator.code, "unit": row.unit.unit_name}
            row.issues.append(Issue("indicator_not_owed", "indicator_code", indicator.code, params=params))


def phase_holds_date(rows: Sequence[Row], context: Context) -> None:
    """A registration is made inside its phase."""
    for row in rows:
        phase, day = row.values.get("phase"), row.values.get(row.table.form.dated_by)
        period = periods.from_code(phase) if phase else None
        if period and day and not period.start_date <= day <= period.end_date:
            row.issues.append(Issue("phase_without_date", "phase", phase, params={"date": as_text(day)}))


def activity_has_date(rows: Sequence[Row], context: Context) -> None:
    """An activity is planned for a day or was held on one; without either it belongs to no period."""
    dates = ("planned_date", "activity_date")
    for row in rows:
        if not any(row.values.get(name) or _has_issue(row, name) for name in dates):
            row.issues.append(Issue("activity_without_date", "activity_date"))


def status_agrees_with_closed_date(rows: Sequence[Row], context: Context) -> None:
    """What is closed has a closing date, and what is open has none. What was given up may have one."""
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
    """Who has to act is a unit of the time or of today, by its code, or by a name that only one unit bears."""
    for row in rows:
        text = row.values.get("responsible_unit_code")
        if text is None:
            continue
        units = context.reference.units
        raised: date = row.values.get("source_date") or context.as_of_date
        province = _province_of(row, context)
        for on_date in (raised, context.as_of_date):
            # A code begins with a digit; a name is looked for in the reporting unit's own province.
            match = (
                units.resolve(text, None, None, on_date)
                if text[0].isdigit()
                else units.resolve(None, text, province, on_date)
            )
            if match.unit_key:
                row.values["responsible_unit_code"] = units.get(match.unit_key).unit_code
                break
        else:
            row.issues.append(Issue("responsible_unit_unknown", "responsible_unit_code", text))


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        period_accepted,
        rate_has_parts,
        count_has_value_alone,
        whole_counts,
        numerator_le_denominator,
        value_agrees_with_parts,
        not_applicable_alone,
        indicator_is_owed,
        phase_holds_date,
        activity_has_date,
        status_agrees_with_closed_date,
        responsible_unit_is_known,
    )
}


def checks_of(form: Form) -> list[Check]:
    """The checks that the contract names, in its order. Raises KeyError for one that does not exist."""
    return [CHECKS[name] for name in form.checks]


def _province_of(row: Row, context: Context) -> str | None:
    if row.unit is None:
        return None
    above = (row.unit, *context.reference.units.ancestors(row.unit))
    return next((unit.unit_name for unit in above if unit.level == "province"), None)


def _is_percent(row: Row, column: str) -> bool:
    raw = row.raw(column)
    return type(raw) is str and raw.rstrip().endswith("%")


def _has_issue(row: Row, column: str) -> bool:
    return any(issue.column == column for issue in row.issues)


def _is_asked_back(row: Row, column: str) -> bool:
    """Whether the column has an error already: a dash is none, it only tells that nothing is known."""
    return any(issue.column == column and severity_of(issue) == "error" for issue in row.issues)


def _agrees(value: float, ratio: float) -> bool:
    text = repr(value)
    decimals = 0 if value.is_integer() or "e" in text else len(text.partition(".")[2])
    rounding = 0.5 * 10**-decimals + 1e-9
    if abs(value - 100 * ratio) <= rounding:
        return True
    # A cell formatted as a percentage holds 0,85 where it shows 85 %.
    return abs(value - ratio) <= (rounding if decimals else 1e-9)
