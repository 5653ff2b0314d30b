"""Choosing files, and the result of the dry run of each of them."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.app_pages.submit import blocks as submit_blocks
from dashboard.app_pages.submit import session
from dashboard.app_pages.submit.findings import draw_answer, draw_findings
from dashboard.app_pages.submit.how_sent import draw_choice, draw_replaced, with_choice
from dashboard.app_pages.submit.receipt import draw_receipt, part_lines
from dashboard.app_pages.submit.session import DryRun
from dashboard.language import dates, numbers
from dashboard.ui import blocks
from dashboard.ui.view import View
from warehouse import settings
from warehouse.intake.upload.dry_run import Upload, is_too_large, megabytes, received_megabytes

FAILURE = "_submit_failure"
CALLED = "_submit_called"


def choose(view: View) -> list[Upload]:
    """Draw the widget for files; return the files that are small enough, and say which are not."""
    language = view.language
    current = settings.load()
    limit = numbers.number(current.upload_max_megabytes, language)
    words = {
        "drop": language("submit.drop"),
        "limit": language("submit.limit", n=limit, files=numbers.number(session.FILES_AT_ONCE, language)),
        "browse": language("submit.browse"),
    }
    submit_blocks.uploader_words(words)
    chosen = st.file_uploader(
        language("submit.choose"),
        accept_multiple_files=True,
        max_upload_size=received_megabytes(current),
        key="submit_files",
    )
    if len(chosen) > session.FILES_AT_ONCE:
        n = numbers.number(session.FILES_AT_ONCE, language)
        blocks.alert(language("submit.too_many", n=n))
    fitting = []
    for file in chosen[: session.FILES_AT_ONCE]:
        if is_too_large(file.size, current):
            size = numbers.number(megabytes(file.size), language, 1)
            blocks.alert(language("submit.too_large", name=file.name, size=size, n=limit))
        else:
            fitting.append(with_choice(session.receive(file.name, file.getvalue())))
    return list({(upload.file_sha256, upload.file_name): upload for upload in fitting}.values())


def draw_failure(view: View) -> None:
    """Say once that the earlier attempt failed by a fault of the server."""
    reference = st.session_state.pop(FAILURE, None)
    if reference:
        blocks.alert(view.language("submit.failed", reference=reference))


def draw_send_all(view: View, checks: list[DryRun]) -> None:
    """Draw one button for several files."""
    waiting = [check for check in checks if check.is_readable and session.receipt(check) is None]
    if len(waiting) > 1:
        has_errors = any(check.count("error") for check in waiting)
        if has_errors:
            blocks.alert(view.language("submit.warning"))
        n = numbers.number(len(waiting), view.language)
        if st.button(view.language("submit.send_all", n=n), type=_weight(not has_errors), key="submit_all"):
            _send(view, waiting)


def draw_file(view: View, check: DryRun, number: int, *, is_only: bool) -> None:
    """Draw the reports that were understood, their findings, the marked copy, and the button or the receipt."""
    language = view.language
    receipt = session.receipt(check)
    blocks.section(check.upload.file_name, _verdict(view, check))
    draw_answer(view, check)
    draw_replaced(view, check)
    for line in part_lines(check.understood, language):
        blocks.note(line)
    draw_findings(view, check)
    if check.parsed.findings:
        _draw_copy(view, check, number)
    if receipt is not None:
        draw_receipt(view, receipt, number, was_called=st.session_state.get(CALLED, False))
        return
    earlier = session.received_before(check)
    if earlier is not None:
        blocks.note(language("submit.repeated", time=dates.moment(earlier, language)))
    if check.is_readable and check.count("error"):
        blocks.alert(language("submit.warning"))
    draw_choice(view, check, number)
    kind = _weight(is_only and not check.count("error"))
    key = f"submit_send_{number}"
    if st.button(language("submit.send"), type=kind, disabled=not check.is_readable, key=key):
        _send(view, [check])


def _send(view: View, chosen: list[DryRun]) -> None:
    with st.spinner(view.language("submit.sending")):
        try:
            st.session_state[CALLED] = session.send(chosen)
        except session.FailedError as failure:
            st.session_state[FAILURE] = failure.reference
    st.rerun()


def _weight(is_main: bool) -> Literal["primary", "secondary"]:
    """Return the weight of a button: red for files without an error."""
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
        copy = session.marked_copy(check)
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
