"""The receipt of a file that was handed in, in the page and as a text to keep."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from dashboard.app_pages.submit import blocks as submit_blocks
from dashboard.app_pages.submit.session import Receipt
from dashboard.language import dates, numbers
from dashboard.language.texts import Language
from dashboard.ui.view import View
from warehouse.intake.reports.sums import MAX_LISTED, PeriodSpan, ReportSum, by_form
from warehouse.intake.upload.dry_run import Understood

HASH_SHOWN = 16


def part_lines(parts: Sequence[Understood], language: Language, *, is_whole: bool = False) -> list[str]:
    """Return a line for each report of a file; for many reports of a form one line with sums, and in the whole receipt each line
    too."""
    lines = []
    for listed in by_form(parts):
        is_long = len(listed) > MAX_LISTED
        if is_long:
            lines.append(_sum_line(ReportSum.of(listed), language))
        if is_whole or not is_long:
            lines += [part_line(part, language) for part in listed]
    return lines


def _sum_line(total: ReportSum, language: Language) -> str:
    return language(
        "submit.receipt_sum",
        form=language("submit.form_choice", code=total.form, name=language.name("form", total.form)),
        reports=numbers.number(total.report_count, language),
        units=numbers.number(total.unit_count, language),
        periods=_span(total.period_span, language),
        rows=numbers.number(total.row_count, language),
        errors=numbers.number(total.error_count, language),
        warnings=numbers.number(total.warning_count, language),
    )


def _span(span: PeriodSpan, language: Language) -> str:
    if span.first is None or span.last is None:
        return language("submit.unknown_period")
    if span.period_count == 1:
        return dates.period(span.last, language)
    first, last = dates.period(span.first, language), dates.period(span.last, language)
    return language(
        "submit.period_span", n=numbers.number(span.period_count, language), first=first, last=last
    )


def part_line(part: Understood, language: Language) -> str:
    """Return form, unit, period and rows of one report of a file."""
    return language(
        "submit.receipt_part",
        form=language("submit.form_choice", code=part.form, name=language.name("form", part.form)),
        unit=part.unit_name or language("submit.unknown_unit"),
        period=dates.period(part.period_code, language)
        if part.period_code
        else language("submit.unknown_period"),
        rows=numbers.number(part.row_count, language),
        errors=numbers.number(part.error_count, language),
        warnings=numbers.number(part.warning_count, language),
    )


def receipt_lines(receipt: Receipt, language: Language, *, is_whole: bool = False) -> list[str]:
    """Return the lines of the receipt. The whole receipt has a line for each report too, however many there are."""
    lines = [
        language("submit.receipt_file", name=receipt.file_name),
        language("submit.receipt_hash", hash=receipt.file_sha256[:HASH_SHOWN]),
        language("submit.receipt_time", time=dates.moment(receipt.received_at, language)),
        *part_lines(receipt.understood, language, is_whole=is_whole),
    ]
    lines += receipt.replaced_en if language.code == "en" else receipt.replaced_vi
    if receipt.first_received_at is not None:
        time = dates.moment(receipt.first_received_at, language)
        lines.append(language("submit.receipt_repeated", time=time))
    return lines


def draw_receipt(view: View, receipt: Receipt, number: int, *, was_called: bool) -> None:
    """Draw the receipt and the next step, and offer the receipt as a file."""
    language = view.language
    lines = receipt_lines(receipt, language)
    submit_blocks.receipt(
        language("submit.receipt"), lines, language("submit.called" if was_called else "submit.sweep")
    )
    text = "\n".join(
        [
            language("submit.receipt").upper(),
            "",
            *receipt_lines(receipt, language, is_whole=True),
            "",
            language("submit.receipt_note"),
            "",
        ]
    )
    st.download_button(
        language("submit.receipt_save"),
        # The byte order mark lets an old Notepad show the Vietnamese letters.
        text.encode("utf-8-sig"),
        file_name=f"{Path(receipt.file_name).stem}_{receipt.file_sha256[:8]}.txt",
        mime="text/plain",
        key=f"submit_receipt_{number}",
        on_click="ignore",
        icon=":material/download:",
    )
