"""The frame of every page: masthead, headline, footer, and the states in which there is no page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from dashboard.language import dates
from dashboard.language.texts import LANGUAGES, Language
from dashboard.pages import PAGES
from dashboard.ui.address import set_language
from dashboard.ui.view import View, address_of

SCRIPT = """<script>
document.documentElement.lang = "{language}";
setTimeout(() => {{
  const here = document.querySelector('[class*="st-key-section_here"]');
  if (here) here.scrollIntoView({{ inline: "center", block: "nearest" }});
}}, {settling});
</script>"""
"""Tell screen readers the page's language, and scroll the chosen page into sight on a phone: no widget does either."""

ANCHOR_SCRIPT = """<script>
setTimeout(() => {{
  const place = location.hash && document.getElementById(location.hash.slice(1));
  if (place) place.scrollIntoView();
}}, {settling});
</script>"""
"""Scroll to the part that a link names: the browser looks for it before Streamlit has drawn it."""

SETTLING_MILLISECONDS = 400


def masthead(
    language: Language, page_code: str, pages: Mapping[str, object], choices: Mapping[str, str]
) -> None:
    """Draw the product's name, the pages, and the other language."""
    with st.container(key="masthead", horizontal=True, vertical_alignment="center", wrap=False, gap="medium"):
        st.html(f'<a class="product" href="{escape(_home(language))}">{escape(language("product.name"))}</a>')
        other = next(code for code in LANGUAGES if code != language.code)
        # A link to the page that is open changes it but not its address, so this one is a button.
        st.button(
            language(f"language.{other}"),
            key="language",
            type="tertiary",
            help=language("language.help"),
            on_click=set_language,
            args=(other,),
        )
    with st.container(key="sections", horizontal=True, wrap=False, gap="medium"):
        for spec in PAGES:
            handed_on = {name: choices[name] for name in spec.keeps if name in choices}
            place = "here" if spec.code == page_code else "elsewhere"
            with st.container(key=f"section_{place}_{spec.code}", width="content"):
                st.page_link(
                    pages[spec.code],  # type: ignore[arg-type]
                    label=language(f"page.{spec.code}"),
                    query_params=handed_on,
                )
    _run(SCRIPT.format(language=language.code, settling=SETTLING_MILLISECONDS), "script")


def headline(kicker: str, text: str, sentences: Iterable[str] = ()) -> None:
    """Draw the lead of a page: where and when, the main thing in words, and a line or two."""
    lines = "".join(f'<p class="standfirst">{escape(line)}</p>' for line in sentences if line)
    st.html(
        f'<header class="lead"><p class="kicker">{escape(kicker)}</p><h1>{escape(text)}</h1>{lines}</header>'
    )


def footer(view: View, coverage: str) -> None:
    """Draw the release, when it was built, its coverage, and the address of this very view."""
    language = view.language
    facts = [
        language("footer.release", id=view.release.release_id),
        language("footer.built", time=dates.moment(view.release.built_at, language)),
        language("footer.coverage", text=coverage) if coverage else "",
    ]
    link = address_of(view.page_code, {"lang": language.code, **view.shown})
    said = " · ".join(escape(fact) for fact in facts if fact)
    st.html(
        f'<footer class="release">{said}<br>'
        f'<a href="{escape(link, quote=True)}">{escape(language("footer.permalink"))}</a></footer>'
    )
    _run(ANCHOR_SCRIPT.format(settling=SETTLING_MILLISECONDS), "anchor_script")


def failed(language: Language, reference: str, damaged_file: str = "") -> None:
    """Say that a read failed, which is never an empty picture; name a damaged file, with the way out."""
    key = "state.damaged_help" if damaged_file else "state.failed_help"
    help_text = language(key, file=damaged_file, reference=reference)
    st.html(
        f'<div class="state failed" role="alert"><p><strong>{escape(language("state.failed"))}</strong></p>'
        f"<p>{escape(help_text)}</p></div>"
    )


def no_release(language: Language) -> None:
    """Say that nothing was ever published, and how to begin."""
    steps = "".join(f"<li>{escape(language(f'state.no_release_step_{number}'))}</li>" for number in (1, 2, 3))
    st.html(
        f'<div class="state start"><h1>{escape(language("state.no_release"))}</h1>'
        f"<p>{escape(language('state.no_release_help'))}</p><ol>{steps}</ol></div>"
    )


def _run(script: str, key: str) -> None:
    with st.container(key=f"hidden_{key}"):
        st.html(script, unsafe_allow_javascript=True)


def _home(language: Language) -> str:
    return address_of(PAGES[0].code, {"lang": language.code})
