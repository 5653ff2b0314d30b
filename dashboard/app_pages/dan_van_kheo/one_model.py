"""One model of the list: what it is about, how its result stands to the target, and its steps."""

from __future__ import annotations

from dashboard.data.release import Frame
from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import address, blocks
from dashboard.ui.received import text_or_dash
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View

TEXTS_BEFORE = ("situation", "objective", "measure")
TEXTS_AFTER = (
    "content", "area", "beneficiaries", "lead_force", "partner_forces", "resources", "outputs", "sustainability",
    "resolution_no",
)  # fmt: skip
VERDICT_TONES = {"reached": "good", "not_reached": "bad"}
_BETWEEN = " "


def draw_one_model(view: View, models: Frame) -> None:
    """Draw the model that the reader chose from the list; the first one at first."""
    language = view.language
    rows = {f"{row.unit_key}{_BETWEEN}{row.model_code}": row for row in models.itertuples()}
    if not rows:
        return
    blocks.section(language("dvk.one_title"), language("dvk.one_sentence"))
    chosen = address.select(
        view,
        "model",
        label=language("choice.model"),
        options=list(rows),
        default=next(iter(rows)),
        text=lambda key: _title(rows[key], language),
    )
    unit_key, model_code = chosen.split(_BETWEEN, 1)
    model = next(view.read("one_model", unit_key=unit_key, model_code=model_code).itertuples())
    blocks.table(view, _about(model, language))
    steps = view.read("steps", unit_key=unit_key, model_code=model_code)
    if not steps.empty:
        blocks.table(view, _steps(steps, language))


def result_text(model: Row, language: Language) -> str:
    """Say how the latest result stands to the target, or why that is not known."""
    if model.result_verdict == "not_known":
        word = language.name("result_reason", model.result_not_known_because)
    else:
        word = language.name("result_verdict", model.result_verdict)
    if not numbers.is_known(model.result_value):
        return word
    return language(
        "dvk.result",
        word=word,
        value=numbers.measure(model.result_value, "", False, language),
        date=dates.day(model.result_date, language),
    )


def _title(row: Row, language: Language) -> str:
    name = row.model_name
    if row.kind == "individual":
        name = language("dvk.individual", code=row.model_code)
    return f"{name} – {row.unit_name}"


def _about(model: Row, language: Language) -> Table:
    goal = language(
        "dvk.goal",
        baseline=text_or_dash(model.baseline),
        target=text_or_dash(model.target),
    )
    if numbers.is_known(model.due_date):
        goal = language("dvk.goal_by", goal=goal, date=dates.day(model.due_date, language))
    lines = [
        *((name, Cell(text_or_dash(getattr(model, name)))) for name in TEXTS_BEFORE),
        ("goal", Cell(goal)),
        (
            "result",
            Cell(result_text(model, language), tone=VERDICT_TONES.get(model.result_verdict, "quiet")),  # type: ignore[arg-type]
        ),
        *((name, Cell(text_or_dash(getattr(model, name)))) for name in TEXTS_AFTER),
        ("chosen_level", Cell(text_or_dash(getattr(model, f"chosen_level_{language.code}")))),
        ("campaign", Cell(text_or_dash(getattr(model, f"campaign_{language.code}")))),
    ]
    rows = [
        [Cell(language.name("model_text", name)), cell]
        for name, cell in lines
        if cell.text != numbers.MISSING
    ]
    columns = [Column(language("column.element_of_model")), Column(language("column.registered_text"))]
    return Table(columns, rows)


def _steps(steps: Frame, language: Language) -> Table:
    columns = [
        Column(language("column.day")),
        Column(language("column.step")),
        Column(language("column.value"), "right"),
        Column(language("column.decision")),
    ]
    rows = [
        [
            Cell(dates.day(row.event_date, language)),
            Cell(text_or_dash(getattr(row, f"event_{language.code}"))),
            Cell(numbers.measure(row.result_value, "", False, language)),
            Cell(text_or_dash(row.decision_no)),
        ]
        for row in steps.itertuples()
    ]
    return Table(columns, rows, is_narrow=True)
