"""The registry of checks that a contract can name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warehouse.forms.contract import Form
from warehouse.intake.cells.row import Row
from warehouse.intake.checks import figures, indicators, records
from warehouse.intake.checks.figures import Figures, Mask
from warehouse.reference.context import Context

RowCheck = Callable[[Sequence[Row], Context], None]


@dataclass(frozen=True)
class Check:
    """One check: `note` looks at rows one by one and notes an issue in each row that fails.

    `mask` judges whole columns by the same rule. A check that `is_about_report` looks at nothing but the row's indicator, its
    period and the level of its unit, so it can be asked once for all rows that agree in these.
    """

    note: RowCheck
    mask: Callable[[Figures], Mask] | None = None
    is_about_report: bool = False


_CHECKS = (
    Check(indicators.period_accepted, is_about_report=True),
    Check(indicators.indicator_is_owed, is_about_report=True),
    Check(figures.rate_has_parts, figures.mask_rate_has_parts),
    Check(figures.count_has_value_alone, figures.mask_count_has_value_alone),
    Check(figures.whole_counts, figures.mask_whole_counts),
    Check(figures.numerator_le_denominator, figures.mask_numerator_le_denominator),
    Check(figures.days_within_period, figures.mask_days_within_period),
    Check(figures.value_agrees_with_parts, figures.mask_value_agrees_with_parts),
    Check(figures.not_applicable_alone, figures.mask_not_applicable_alone),
    Check(records.phase_holds_date),
    Check(records.level_above_is_above),
    Check(records.activity_has_date),
    Check(records.status_agrees_with_closed_date),
    Check(records.responsible_unit_is_known),
    Check(records.subject_unit_is_known),
    Check(records.owner_unit_is_known),
    Check(records.document_is_not_its_own_parent),
)
CHECKS: dict[str, Check] = {check.note.__name__: check for check in _CHECKS}


def checks_of(form: Form) -> list[Check]:
    """Return the checks that the contract names, in its order. Raises KeyError for one that does not exist."""
    return [CHECKS[name] for name in form.checks]
