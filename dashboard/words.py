"""Headlines and sentences, computed from the figures that stand below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import formats, labels
from dashboard.language import Language
from dashboard.theme import BAD_VERDICTS, GOOD_VERDICTS

NAMED_UNITS = 3
"""So many names fit a sentence; the rest is a number."""

TEXTS_OF_ELEMENT = "element"


@dataclass(frozen=True)
class About:
    """What a figure is about: said under every picture and in every exported file."""

    period: str
    lens: str
    source: str
    coverage: str
    is_simulated: bool = False

    def lines(self, release_id: str, language: Language) -> list[str]:
        """The facts one by one, empty ones left out."""
        facts = [
            ("about.period", self.period),
            ("about.lens", self.lens),
            ("about.source", self.source),
            ("about.coverage", self.coverage),
            ("about.release", release_id),
        ]
        said = [language(key, text=text) for key, text in facts if text and text != formats.MISSING]
        return [*said, language("about.simulated")] if self.is_simulated else said


def overview_headline(indicators: pd.DataFrame, language: Language) -> str:
    """How many targets were met, and which one is furthest from it."""
    judged = indicators[indicators["verdict"].isin(GOOD_VERDICTS + BAD_VERDICTS)]
    if judged.empty and len(indicators) == 1:
        only = next(indicators.itertuples())
        parts = labels.parts_text(only, language)
        value = (
            f"{labels.value_text(only, language)} ({parts})" if parts else labels.value_text(only, language)
        )
        return language("overview.headline_one", name=labels.indicator_name(only, language), value=value)
    if judged.empty:
        count = len(indicators)
        return language.count("overview.headline_no_targets", count, n=formats.number(count, language))
    met = int(judged["verdict"].isin(GOOD_VERDICTS).sum())
    numbers = {"met": formats.number(met, language), "n": formats.number(len(judged), language)}
    if met == len(judged):
        return language.count("overview.headline_all_met", met, **numbers)
    worst = furthest_from_target(judged)
    return language(
        "overview.headline",
        **numbers,
        name=formats.in_sentence(labels.indicator_name(worst, language), language),
        value=labels.value_text(worst, language),
        target=labels.target_text(worst, language),
    )


def furthest_from_target(judged: pd.DataFrame) -> labels.Row:
    """The row that misses its target by most, in relation to the target; whole misses come before narrow ones."""
    missed = judged[judged["verdict"].isin(BAD_VERDICTS)]
    distance = (missed["value"] - missed["target_value"]).abs() / missed["target_value"].abs().clip(lower=1)
    order = missed.assign(is_narrow=missed["verdict"] == "narrowly_missed", distance=distance)
    ordered = order.sort_values(["is_narrow", "distance"], ascending=[True, False], kind="stable")
    return next(ordered.itertuples())


def overview_movement(indicators: pd.DataFrame, language: Language) -> str:
    """How many indicators got better and worse since the period before; empty when none can be compared."""
    tones = [labels.change_tone(row) for row in indicators.itertuples()]
    better, worse = tones.count("good"), tones.count("bad")
    if not indicators["change"].notna().any():
        return ""
    return language(
        "overview.movement", better=formats.number(better, language), worse=formats.number(worse, language)
    )


def with_latest(indicators: pd.DataFrame, latest: pd.DataFrame, language: Language) -> str:
    """The same count with the latest figures of what is not reported in the period; empty when that adds nothing."""
    verdicts = pd.concat([indicators["verdict"], latest["verdict"]])
    judged = verdicts[verdicts.isin(GOOD_VERDICTS + BAD_VERDICTS)]
    if not latest["verdict"].isin(GOOD_VERDICTS + BAD_VERDICTS).any():
        return ""
    met = int(judged.isin(GOOD_VERDICTS).sum())
    return language(
        "overview.with_latest", met=formats.number(met, language), n=formats.number(len(judged), language)
    )


def who_is_behind(units: pd.DataFrame, language: Language) -> str:
    """Which units miss most targets: those with the highest number, the first three by name."""
    behind = units[units["missed_count"] > 0]
    if behind.empty:
        return language("overview.nobody_behind", n=formats.number(len(units), language))
    most = behind["missed_count"].max()
    names = [str(name) for name in behind.loc[behind["missed_count"] == most, "unit_name"]]
    return language.count(
        "overview.behind",
        len(behind),
        n=formats.number(len(behind), language),
        all=formats.number(len(units), language),
        names=first_named(names, language),
        most=formats.number(most, language),
    )


def compare_headline(provinces: pd.DataFrame, indicator: str, period: str, language: Language) -> str:
    """The best and the lowest province, or how many met the target; ranks are left to the intervals below."""
    if len(provinces) == 1:
        only = next(provinces.itertuples())
        return language(
            "compare.headline_one",
            province=labels.short_name(only.unit_name),
            value=labels.value_text(only, language),
            name=formats.in_sentence(indicator, language),
            period=formats.in_sentence(period, language),
        )
    judged = provinces[provinces["verdict"].isin(GOOD_VERDICTS + BAD_VERDICTS)]
    ordered = best_first(provinces)
    first, last = next(ordered.itertuples()), next(ordered.tail(1).itertuples())
    ends = {
        "best": labels.short_name(first.unit_name),
        "best_value": labels.value_text(first, language),
        "last": labels.short_name(last.unit_name),
        "last_value": labels.value_text(last, language),
    }
    if judged.empty:
        key = "compare.headline_values" if first.direction != "none" else "compare.headline_plain"
        return language(key, **ends)
    met = int(judged["verdict"].isin(GOOD_VERDICTS).sum())
    key = "compare.headline" if are_apart(first, last) else "compare.headline_close"
    return language(key, met=formats.number(met, language), n=formats.number(len(judged), language), **ends)


def are_apart(first: labels.Row, second: labels.Row) -> bool:
    """Whether two values may be ranked: their intervals do not overlap, or neither has one."""
    ends = (first.value_low, first.value_high, second.value_low, second.value_high)
    if not all(formats.is_known(end) for end in ends):
        return True
    return bool(first.value_low > second.value_high or second.value_low > first.value_high)


def best_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows from the best to the worst by the indicator's own direction."""
    is_lower = not rows.empty and rows["direction"].iloc[0] == "lower"
    return rows.sort_values("value", ascending=is_lower, kind="stable")


def profile_headline(latest: pd.DataFrame, unit: str, language: Language) -> str:
    """How the unit stands on the last figures known of it."""
    judged = latest[latest["verdict"].isin(GOOD_VERDICTS + BAD_VERDICTS)]
    if judged.empty:
        return language.count(
            "profile.headline_no_targets", len(latest), unit=unit, n=formats.number(len(latest), language)
        )
    met = int(judged["verdict"].isin(GOOD_VERDICTS).sum())
    key = "profile.headline_all_met" if met == len(judged) else "profile.headline"
    return language(
        key, unit=unit, met=formats.number(met, language), n=formats.number(len(judged), language)
    )


def models_headline(
    registered: int, with_models: int, units_total: int, phase: str, language: Language
) -> str:
    """How many models were registered, and in how many of the units that could have."""
    return language.count(
        "dvk.headline",
        registered,
        n=formats.number(registered, language),
        phase=formats.in_sentence(phase, language),
        units=formats.number(with_models, language),
        all=formats.number(units_total, language),
    )


def latest_total(history: pd.DataFrame, language: Language) -> str:
    """The last total of models that was reported or published; empty when there is none."""
    if history.empty:
        return ""
    last = next(history.tail(1).itertuples())
    return language(
        "dvk.history_latest",
        value=formats.number(last.value, language),
        period=formats.in_sentence(formats.period(last.period_code, language), language),
        coverage=formats.coverage(last.reporting_units, last.expected_units, language),
    )


def quality_sentence(quality: pd.DataFrame, missing: pd.DataFrame, language: Language) -> str:
    """How many models say all seven things, and what is left out most."""
    scored = int(quality["model_count"].sum())
    full = int(quality.loc[quality["quality_score"] == quality["quality_score"].max(), "model_count"].sum())
    first = language(
        "dvk.quality_sentence", n=formats.number(full, language), all=formats.number(scored, language)
    )
    if missing.empty:
        return first
    names = [language.name(TEXTS_OF_ELEMENT, code) for code in missing["element_code"].head(NAMED_UNITS)]
    return f"{first} {language('dvk.missing_sentence', names=listed(names, language))}"


def coverage_span(frame: pd.DataFrame, language: Language) -> str:
    """`60/65`, or from the least to the most covered figure where they differ."""
    known = frame.dropna(subset=["reporting_units", "expected_units"])
    known = known[known["expected_units"] > 0]
    if known.empty:
        return ""
    ordered = known.assign(share=known["reporting_units"] / known["expected_units"]).sort_values("share")
    low, high = next(ordered.itertuples()), next(ordered.tail(1).itertuples())
    texts = [formats.coverage(row.reporting_units, row.expected_units, language) for row in (low, high)]
    span = texts[0] if texts[0] == texts[1] else language("about.span", low=texts[0], high=texts[1])
    return language("about.units", text=span)


def sources(frame: pd.DataFrame, language: Language) -> str:
    """Where the figures come from: units' reports, simulated reports, or the panel that published them."""
    is_panel = frame["is_panel"].fillna(False).astype(bool)
    is_simulated = frame["is_simulated"].fillna(False).astype(bool)
    names = [language("source.reports")] if (~is_panel & ~is_simulated).any() else []
    names += [language("source.simulated")] if is_simulated.any() else []
    names += sorted({str(source) for source in frame.loc[is_panel & ~is_simulated, "source"].dropna()})
    return "; ".join(names)


def first_named(names: Sequence[str], language: Language) -> str:
    """The first three by name, and how many more there are."""
    rest = len(names) - NAMED_UNITS
    if rest <= 0:
        return listed(names, language)
    others = language.count("list.others", rest, n=formats.number(rest, language))
    return listed([*names[:NAMED_UNITS], others], language)


def listed(names: Sequence[str], language: Language) -> str:
    """`A, B và C`."""
    if not names[:-1]:
        return "".join(names)
    return language("list.last", first=", ".join(names[:-1]), last=names[-1])
