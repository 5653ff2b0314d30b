"""The sender's choice between a whole report and a part-correction, beside the reports that the file would change."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.app_pages.submit import blocks as submit_blocks
from dashboard.app_pages.submit.session import DryRun
from dashboard.ui.view import View
from warehouse.forms.how_sent import PART, WHOLE, HowSent
from warehouse.intake.upload.dry_run import Upload

_CHOSEN = "_submit_how_sent"


def with_choice(upload: Upload) -> Upload:
    """Return the file with the choice that the reader has made for it; without one its own cell says how it is sent."""
    return replace(upload, how_sent=st.session_state.get(_CHOSEN, {}).get(upload.file_sha256))


def draw_replaced(view: View, check: DryRun) -> None:
    """Say which figures the file replaces, withdraws or keeps."""
    lines = check.replacement_words(view.language.code)
    if lines:
        title = view.language("submit.replaced")
        submit_blocks.progress(
            title, lines, view.language("submit.replaced_note"), is_settled=not check.withdraws
        )


def draw_choice(view: View, check: DryRun, number: int) -> None:
    """Let the reader choose how the file is sent, where that makes a difference."""
    if not check.parsed.replacements:
        return
    language = view.language
    options: list[HowSent] = [WHOLE, PART]
    key = f"submit_how_sent_{number}_{check.upload.file_sha256[:8]}"

    def keep() -> None:
        st.session_state.setdefault(_CHOSEN, {})[check.upload.file_sha256] = st.session_state[key]

    st.radio(
        language("submit.how_sent"),
        options,
        index=options.index(PART if check.is_part_correction else WHOLE),
        format_func=lambda option: language(f"submit.how_sent_{option}"),
        key=key,
        on_change=keep,
    )
