"""Choosing files, and what the dry run says of each of them."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard import submissions
from dashboard.app_pages.submit import blocks as submit_blocks
from dashboard.language import dates, numbers
from dashboard.parts.submit_findings import draw_answer, draw_findings
from dashboard.parts.submit_receipt import draw_receipt, part_lines
from dashboard.submissions import DryRun
from dashboard.ui import blocks
from dashboard.ui.view import View
from warehouse import settings
from warehouse.upload.dry_run import MEGABYTE, Upload, is_too_large

HARD_LIMIT = 2
"""Up to so many times our limit a file still reaches us, to be refused in the reader's own language."""

FAILURE = "_submit_failure"
CALLED = "_submit_called"


def choose(view: View) -> list[Upload]:
    """The widget, and the files in it that are small enough; the others are told of."""
    language = view.language
    current = settings.load()
    limit = numbers.number(current.upload_max_megabytes, language)
    words = {
        "drop": language("submit.drop"),
        "limit": language("submit.limit", n=limit, files=numbers.number(submissions.FILES_AT_ONCE, language)),
        "browse": language("submit.browse"),
    }
    submit_blocks.uploader_words(words)
    chosen = st.file_uploader(
        language("submit.choose"),
        accept_multiple_files=True,
        max_upload_size=current.upload_max_megabytes * HARD_LIMIT,
        key="submit_files",
    )
    if len(chosen) > submissions.FILES_AT_ONCE:
        n = numbers.number(submissions.FILES_AT_ONCE, language)
        blocks.alert(language("submit.too_many", n=n))
    fitting = []
    for file in chosen[: submissions.FILES_AT_ONCE]:
        if is_too_large(file.size, current):
            size = numbers.number(file.size / MEGABYTE, language, 1)
            blocks.alert(language("submit.too_large", name=file.name, size=size, n=limit))
        else:
            fitting.append(submissions.receive(file.name, file.getvalue()))
    return list({(upload.file_sha256, upload.file_name): upload for upload in fitting}.values())


def draw_failure(view: View) -> None:
    """What went wrong on our side in the run before, once."""
    reference = st.session_state.pop(FAILURE, None)
    if reference:
        blocks.alert(view.language("submit.failed", reference=reference))


def draw_send_all(view: View, checks: list[DryRun]) -> None:
    """One button for several files."""
    waiting = [check for check in checks if check.is_readable and submissions.receipt(check) is None]
    if len(waiting) > 1:
        has_errors = any(check.count("error") for check in waiting)
        if has_errors:
            blocks.alert(view.language("submit.warning"))
        n = numbers.number(len(waiting), view.language)
        if st.button(view.language("submit.send_all", n=n), type=_weight(not has_errors), key="submit_all"):
            _send(view, waiting)


def draw_file(view: View, check: DryRun, number: int, *, is_only: bool) -> None:
    """What was understood, what is wrong, the marked copy, and the button or the receipt."""
    language = view.language
    receipt = submissions.receipt(check)
    blocks.section(check.upload.file_name, _verdict(view, check))
    draw_answer(view, check)
    for line in part_lines(check.understood, language):
        blocks.note(line)
    draw_findings(view, check)
    if check.parsed.findings:
        _draw_copy(view, check, number)
    if receipt is not None:
        draw_receipt(view, receipt, number, was_called=st.session_state.get(CALLED, False))
        return
    earlier = submissions.received_before(check)
    if earlier is not None:
        blocks.note(language("submit.repeated", time=dates.moment(earlier, language)))
    if check.is_readable and check.count("error"):
        blocks.alert(language("submit.warning"))
    kind = _weight(is_only and not check.count("error"))
    key = f"submit_send_{number}"
    if st.button(language("submit.send"), type=kind, disabled=not check.is_readable, key=key):
        _send(view, [check])


def _send(view: View, chosen: list[DryRun]) -> None:
    with st.spinner(view.language("submit.sending")):
        try:
            st.session_state[CALLED] = submissions.send(chosen)
        except submissions.FailedError as failure:
            st.session_state[FAILURE] = failure.reference
    st.rerun()


def _weight(is_main: bool) -> Literal["primary", "secondary"]:
    """The red button is for what there is nothing to say against."""
    return "primary" if is_main else "secondary"


def _verdict(view: View, check: DryRun) -> str:
    if not check.is_readable:
        return view.language("submit.unreadable")
    errors, warnings = check.count("error"), check.count("warning")
    if not errors and not warnings:
        return view.language("submit.clean")
    return view.language(
        "submit.found",
        errors=numbers.number(errors, view.language),
        warnings=numbers.number(warnings, view.language),
    )


def _draw_copy(view: View, check: DryRun, number: int) -> None:
    with st.spinner(view.language("submit.marking")):
        copy = submissions.marked_copy(check)
    if copy is None:
        blocks.note(view.language("submit.no_copy"))
        return
    st.download_button(
        view.language("submit.copy"),
        copy.content,
        file_name=copy.file_name,
        key=f"submit_copy_{number}",
        on_click="ignore",
        icon=":material/download:",
    )
