"""Submit and check: the reader sees the findings of the intake, hands the file in, and gets a receipt."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.submit import session
from dashboard.app_pages.submit.files import choose, draw_failure, draw_file, draw_send_all
from dashboard.app_pages.submit.session import DryRun
from dashboard.app_pages.submit.template import draw_template
from dashboard.language import dates, numbers
from dashboard.ui import blocks, frame
from dashboard.ui.view import View, current
from warehouse import settings


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    lead = st.container(key="submit_lead")
    draw_failure(view)
    uploads = choose(view)
    checks: list[DryRun] = []
    try:
        with st.spinner(language("submit.checking")):
            checks = session.checks(uploads)
    except session.FailedError as failure:
        blocks.alert(language("submit.failed", reference=failure.reference))
    with lead:
        date = dates.day(settings.load().as_of_date(), language)
        frame.headline(
            language("submit.kicker", date=date), _headline(view, checks), _next_step(view, checks)
        )
    draw_send_all(view, checks)
    for number, check in enumerate(checks):
        draw_file(view, check, number, is_only=len(checks) == 1)
    draw_template(view)
    frame.footer(view, "")


def _headline(view: View, checks: list[DryRun]) -> str:
    language = view.language
    if not checks:
        return language("submit.headline_start")
    count, n = len(checks), numbers.number(len(checks), language)
    if all(session.receipt(check) for check in checks):
        return language.count("submit.headline_done", count, n=n)
    bad = [check for check in checks if not check.is_readable or check.count("error")]
    if not bad:
        return language.count("submit.headline_good", count, n=n)
    return language.count("submit.headline_bad", count, n=n, bad=numbers.number(len(bad), language))


def _next_step(view: View, checks: list[DryRun]) -> list[str]:
    """Say the next step, where it is another than to press the button."""
    if not checks:
        return [view.language("submit.start_sentence")]
    to_mend = [check for check in checks if check.is_readable and check.count("error")]
    if any(session.receipt(check) is None for check in to_mend):
        return [view.language("submit.mend_sentence")]
    return []


render(current())
