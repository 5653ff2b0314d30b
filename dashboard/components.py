"""The parts every page is made of: masthead, headline, notices, picture, table, footer, and the pages that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import exports, formats, labels, rows, tables, theme
from dashboard.address import set_language
from dashboard.charts.base import CONFIG
from dashboard.language import LANGUAGES, Language
from dashboard.pages import PAGES
from dashboard.view import View, address_of
from dashboard.words import About

SCRIPT = """<script>
document.documentElement.lang = "{language}";
setTimeout(() => {{
  const here = document.querySelector('[class*="st-key-section_here"]');
  if (here) here.scrollIntoView({{ inline: "center", block: "nearest" }});
}}, {settling});
</script>"""
"""What no widget does: the page's language for screen readers, and the chosen page in sight on a phone."""

ANCHOR_SCRIPT = """<script>
setTimeout(() => {{
  const place = location.hash && document.getElementById(location.hash.slice(1));
  if (place) place.scrollIntoView();
}}, {settling});
</script>"""
"""A link to a part of a page: the part is drawn after the browser has looked for it."""

SETTLING_MILLISECONDS = 400

LONG_TABLE = 20
"""A table with more rows scrolls in a box of its own."""


def masthead(
    language: Language, page_code: str, pages: Mapping[str, object], choices: Mapping[str, str]
) -> None:
    """Product name, the pages, and the other language."""
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
    """What the page says, in words: where and when, the main thing, and a line or two."""
    lines = "".join(f'<p class="standfirst">{escape(line)}</p>' for line in sentences if line)
    st.html(
        f'<header class="lead"><p class="kicker">{escape(kicker)}</p><h1>{escape(text)}</h1>{lines}</header>'
    )


def section(title: str, sentence: str = "", anchor: str = "") -> None:
    """The heading of a part of the page and what it shows, in a sentence; `anchor` lets a link lead here."""
    line = f"<p>{escape(sentence)}</p>" if sentence else ""
    place = f' id="{escape(anchor, quote=True)}"' if anchor else ""
    st.html(f'<div class="section"{place}><h2>{escape(title)}</h2>{line}</div>')


def note(text: str) -> None:
    """A quiet line."""
    st.html(f'<p class="quiet">{escape(text)}</p>')


def legend(language: Language, codes: Sequence[str] = tuple(theme.VERDICTS)) -> None:
    """The marks and their words."""
    items = "".join(
        f"<li>{tables.mark(code)} {escape(language.name('verdict', code))}</li>" for code in codes
    )
    st.html(f'<ul class="legend">{items}</ul>')


def colour_legend(items: Sequence[tuple[str, str]], notes: Sequence[str] = ()) -> None:
    """Colours and their words, then what else the picture uses."""
    swatches = "".join(
        f'<li><span class="swatch" style="background:{colour}"></span>{escape(text)}</li>'
        for colour, text in items
    )
    lines = "".join(f"<li>{escape(line)}</li>" for line in notes)
    st.html(f'<ul class="legend">{swatches}{lines}</ul>')


def simulated_banner(view: View, frames: Iterable[pd.DataFrame]) -> bool:
    """Say so when any figure or target on the page is simulated, and which are not. Gives whether it did."""
    flags = [frame for frame in frames if not frame.empty and "is_simulated" in frame.columns]
    is_simulated = any(frame["is_simulated"].fillna(False).astype(bool).any() for frame in flags)
    targets = [frame["is_target_simulated"] for frame in flags if "is_target_simulated" in frame.columns]
    has_simulated_target = any(target.fillna(False).astype(bool).any() for target in targets)
    if not is_simulated and not has_simulated_target:
        if flags:
            note(view.language("simulated.real"))
        return False
    has_real = any((~frame["is_simulated"].fillna(False).astype(bool)).any() for frame in flags)
    key = "simulated.targets" if not is_simulated else ("simulated.some" if has_real else "simulated.all")
    word = view.language("simulated.word")
    st.html(
        f'<p class="simulated" role="note"><strong>{escape(word)}</strong> {escape(view.language(key))}</p>'
    )
    return is_simulated


def chart(
    view: View,
    figure: go.Figure,
    name: str,
    *,
    title: str,
    sentence: str,
    about: About,
    draw_legend: Callable[[], None] | None = None,
) -> None:
    """A picture with its title, the sentence that says what it shows, its legend, and what it is about."""
    section(title, sentence)
    if draw_legend:
        draw_legend()
    st.plotly_chart(
        figure, config=CONFIG, theme=None, key=f"chart_{view.page_code}_{name}", alt=f"{title}. {sentence}"
    )
    caption(view, about)


def small_chart(view: View, row: labels.Row, figure: go.Figure) -> None:
    """One of many small lines: the indicator's name, its last figure with the verdict, and the line."""
    language = view.language
    name, value = labels.indicator_name(row, language), labels.value_text(row, language)
    cell = rows.verdict_cell(row, language)
    period = formats.period(row.period_code, language)
    st.html(
        f'<div class="small-chart"><h3>{escape(name)}</h3><p><strong>{escape(value)}</strong> '
        f"{tables.mark(cell.mark)} {escape(cell.text)}<span>{escape(period)}</span></p></div>"
    )
    st.plotly_chart(
        figure,
        config=CONFIG,
        theme=None,
        key=f"line_{view.page_code}_{row.indicator_code}",
        alt=f"{name}. {period}: {value}, {cell.text}",
    )


def caption(view: View, about: About) -> None:
    """Period, boundaries, source, coverage and release of what stands above."""
    st.html(f'<p class="about">{escape(" · ".join(about.lines(view.release.release_id, view.language)))}</p>')


def table(view: View, content: tables.Table) -> None:
    """A table; a long one scrolls in its own box."""
    st.html(tables.html(tables.without_blank_columns(content), is_long=len(content.rows) > LONG_TABLE))


def download(view: View, frame: pd.DataFrame, name: str, about: About) -> None:
    """The figures as a file for Excel, with what they are about in its first lines."""
    notes = [
        view.language(f"page.{view.page_code}"),
        *about.lines(view.release.release_id, view.language),
        f"{view.language('about.address')}: {address_of(view.page_code, {**view.shown, 'lang': view.language.code})}",
    ]
    st.download_button(
        view.language("download.csv"),
        lambda: exports.csv_bytes(frame, notes, view.language),
        file_name=f"{name}_{view.release.release_id}.csv",
        mime="text/csv",
        key=f"download_{view.page_code}_{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def empty(view: View, text: str) -> None:
    """Nothing was reported: grey, with words, and no axes that could be taken for zero."""
    st.html(
        f'<div class="state empty"><p><strong>{escape(view.language("state.empty"))}</strong></p>'
        f"<p>{escape(text)}</p></div>"
    )


def alert(text: str) -> None:
    """Something that the reader must know before going on."""
    st.html(f'<p class="alert" role="alert">{escape(text)}</p>')


def receipt(title: str, lines: Sequence[str], next_step: str) -> None:
    """What was handed in, as on a slip of paper."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(
        f'<div class="receipt" role="status"><h3>{escape(title)}</h3><ul>{items}</ul><p>{escape(next_step)}</p></div>'
    )


def progress(title: str, lines: Sequence[str], source: str, *, is_settled: bool) -> None:
    """What became of the findings of an earlier file: first the sentence that counts, and against what it is told."""
    more = "".join(f"<p>{escape(line)}</p>" for line in lines)
    kind = "progress settled" if is_settled else "progress"
    st.html(
        f'<div class="{kind}" role="status"><p><strong>{escape(title)}</strong></p>{more}'
        f'<p class="quiet">{escape(source)}</p></div>'
    )


def uploader_words(words: Mapping[str, str]) -> None:
    """The words inside the widget for files, which knows English alone: the style sheet puts them in their place."""
    values = "".join(f"--uploader-{name}: {_css_text(text)};" for name, text in words.items())
    st.html(f"<style>.st-key-submit_files {{ {values} }}</style>")


def failed(language: Language, reference: str, damaged_file: str = "") -> None:
    """A read that failed: never an empty picture. A damaged file is named, with the way out."""
    help_text = (
        language("state.damaged_help", file=damaged_file, reference=reference)
        if damaged_file
        else language("state.failed_help", reference=reference)
    )
    st.html(
        f'<div class="state failed" role="alert"><p><strong>{escape(language("state.failed"))}</strong></p>'
        f"<p>{escape(help_text)}</p></div>"
    )


def no_release(language: Language) -> None:
    """Nothing was ever published: what to do."""
    steps = "".join(f"<li>{escape(language(f'state.no_release_step_{number}'))}</li>" for number in (1, 2, 3))
    st.html(
        f'<div class="state start"><h1>{escape(language("state.no_release"))}</h1>'
        f"<p>{escape(language('state.no_release_help'))}</p><ol>{steps}</ol></div>"
    )


def footer(view: View, coverage: str) -> None:
    """Release, when it was built, coverage, and the address of this very view."""
    language = view.language
    facts = [
        language("footer.release", id=view.release.release_id),
        language("footer.built", time=formats.moment(view.release.built_at, language)),
        language("footer.coverage", text=coverage) if coverage else "",
    ]
    link = address_of(view.page_code, {"lang": language.code, **view.shown})
    said = " · ".join(escape(fact) for fact in facts if fact)
    st.html(
        f'<footer class="release">{said}<br>'
        f'<a href="{escape(link, quote=True)}">{escape(language("footer.permalink"))}</a></footer>'
    )
    _run(ANCHOR_SCRIPT.format(settling=SETTLING_MILLISECONDS), "anchor_script")


def _css_text(text: str) -> str:
    plain = text.replace("\\", "").replace('"', "'").replace("<", "").replace("\n", " ")
    return f'"{plain}"'


def _run(script: str, key: str) -> None:
    with st.container(key=f"hidden_{key}"):
        st.html(script, unsafe_allow_javascript=True)


def _home(language: Language) -> str:
    return address_of(PAGES[0].code, {"lang": language.code})
