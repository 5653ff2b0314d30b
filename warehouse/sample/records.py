"""Simulated activities, documents, items to follow up and ratings (forms HD, VB, KN, TX) of one unit and month."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from warehouse.sample import campaigns, draws
from warehouse.sample.record_texts import record_texts
from warehouse.sample.units import SampleUnit

Row = dict[str, Any]
# Months in which leaders hold their dialogues; share of the planned activities that took place.
_DIALOGUE_MONTHS = (5, 9, 11)
HELD_SHARE = 0.93
_OTHER_SHARE = 0.2
_DISSEMINATED_SHARE, _ALL_REACHED_SHARE = 0.92, 0.7
_ISSUES_A_MONTH = 0.09
_CLOSED_SHARE, _IN_TIME_SHARE, _OWN_SHARE = 0.72, 0.7, 0.65
_SOURCES = ("self_review", "dialogue", "inspection", "supervision", "conference", "reception")
_ANSWERED = ("dialogue", "reception")
_MONTHS_A_YEAR = 12
_ONE_MONTH_IN_TWELVE = 0.08


def activities(unit: SampleUnit, month: date, last_day: date) -> Iterator[Row]:
    """Form HD: a reception each month, dialogues in their months, and sometimes another activity."""
    hosts = ("committee_chair", "secretary")
    host = hosts[month.month % len(hosts)]
    if unit.level != "body":
        complaints = {"activity_type": "reception", "host_role": host, "topic_code": "complaints"}
        yield _activity(unit, month, 1, complaints, size=(2, 30), last_day=last_day)
    if unit.level != "body" and month.month in _DIALOGUE_MONTHS:
        topic = draws.pick(record_texts()["dialogue_topics"], unit.unit_key, month, "topic")
        dialogue = {"activity_type": "dialogue", "host_role": host, "topic_code": topic}
        row = _activity(unit, month, 2, dialogue, size=(40, 220), last_day=last_day)
        if row["activity_date"]:
            row["conclusions"] = draws.pick(record_texts()["conclusions"], unit.unit_key, month, "conclusion")
        yield row
    if unit.draw(month, "other activity") < _OTHER_SHARE:
        other = draws.pick(record_texts()["other_activities"], unit.unit_key, month, "other")
        topic = draws.pick(record_texts()["other_topics"], unit.unit_key, month, "other topic")
        facts = {"activity_type": other["kind"], "host_role": other["host"], "topic_code": topic}
        yield _activity(unit, month, 3, facts, size=(other["low"], other["high"]), last_day=last_day)


def _activity(
    unit: SampleUnit, month: date, number: int, facts: Row, *, size: tuple[int, int], last_day: date
) -> Row:
    names = (unit.unit_key, month, number)
    planned = month + timedelta(days=draws.whole(3, 22, *names, "day"))
    held: date | None = planned + timedelta(days=draws.whole(0, 4, *names, "delay"))
    if held and (held > last_day or draws.uniform(*names, "held") >= HELD_SHARE):
        held = None
    return (
        named(unit)
        | facts
        | {
            "activity_code": f"HD-{unit.unit_code}-{month:%y%m}-{number}",
            "planned_date": planned,
            "activity_date": held,
            "level": "commune" if unit.level == "commune" else "province",
            "participants": draws.whole(*size, *names, "participants") if held else None,
            "note": "Số liệu mô phỏng" if facts["topic_code"] != "ethnicity_religion" else None,
            "campaign_code": campaigns.of_activity(
                facts["activity_type"], facts["topic_code"], held or planned, *names
            ),
        }
    )


def documents(unit: SampleUnit, month: date, last_day: date) -> Iterator[Row]:
    """Form VB: the documents issued in the month, and when they reached the unit and its organisations."""
    for document in record_texts()["documents"]:
        issued: date = document["day"]
        if issued.replace(day=1) != month or unit.level == "province":
            continue
        names = (unit.unit_key, document["number"])
        received = issued + timedelta(days=draws.whole(1, 9, *names, "received"))
        slowness = draws.whole(2, 40, *names, "slowness")
        passed_on: date | None = received + timedelta(days=slowness)
        if passed_on and (passed_on > last_day or draws.uniform(*names, "passed on") >= _DISSEMINATED_SHARE):
            passed_on = None
        total = max(3, round(18 * unit.size))
        done = total if draws.uniform(*names, "all") < _ALL_REACHED_SHARE else total - 1 - slowness % 3
        yield named(unit) | {
            "document_no": document["number"],
            "document_date": issued,
            "issuing_body": "Cơ quan cấp tỉnh (mô phỏng)",
            "title": f"{document['title']} (mô phỏng)",
            "document_kind": document["kind"],
            "document_origin": "received",
            "parent_document_no": document.get("parent"),
            "received_date": min(received, last_day),
            "disseminated_date": passed_on,
            "organisations_total": total,
            "organisations_done": done if passed_on else None,
            "participants": round(done * draws.whole(12, 35, *names, "participants")) if passed_on else None,
        }


@dataclass(frozen=True)
class Item:
    """One item to follow up: the day it was raised, the day it was done (None: not yet), and its row while open."""

    raised: date
    closed: date | None
    row: Row

    def as_of(self, day: date) -> Row:
        """The row as it is reported on that day."""
        if self.closed and self.closed <= day:
            return self.row | {"status": "closed", "closed_date": self.closed}
        return self.row


def items(unit: SampleUnit, month: date) -> Iterator[Item]:
    """Form KN: the items raised in the month, and whether and when each was done."""
    names = (unit.unit_key, month, "issue")
    if draws.uniform(*names) >= _ISSUES_A_MONTH:
        return
    issue = draws.pick(record_texts()["issues"], *names, "which")
    raised = month + timedelta(days=draws.whole(2, 25, *names, "raised"))
    source = draws.pick(_SOURCES, *names, "source")
    # What the people ask for is answered sooner than what an inspection finds.
    soonest, latest = (12, 40) if source in _ANSWERED else (20, 120)
    due = raised + timedelta(days=draws.whole(soonest, latest, *names, "due"))
    late = -draws.whole(0, 15, *names, "early")
    if draws.uniform(*names, "in time") >= _IN_TIME_SHARE:
        late = draws.whole(1, 60, *names, "late")
    is_closed = draws.uniform(*names, "closed") < _CLOSED_SHARE
    province = unit.unit_code.partition("-")[0] if unit.level != "commune" else unit.parent_key[:2]
    owner = unit.unit_code
    if draws.uniform(*names, "own") >= _OWN_SHARE:
        owner = f"{province}-{draws.pick(record_texts()['owners'], *names, 'owner')}"
    yield Item(
        raised,
        due + timedelta(days=late) if is_closed else None,
        named(unit)
        | {
            "item_code": f"KN-{unit.unit_code}-{month:%y%m}",
            "source_type": source,
            "source_date": raised,
            "category": issue["category"],
            "statement": f"{issue['statement']} (mô phỏng)",
            "cause": issue["cause"],
            "remedy": issue["remedy"],
            "responsible_unit_code": owner,
            "due_date": due,
            "status": draws.pick(("open", "in_progress"), *names, "status"),
            "closed_date": None,
        },
    )


def ratings(
    unit: SampleUnit, month: date, good_or_better: int, rated: int, own_divisions: Sequence[str] = ()
) -> Iterator[Row]:
    """Form TX: one row a division of a commune or of a body that has some (`own_divisions`), one row for any other unit; no row
    in the months that a unit leaves out.

    The rows add up to the unit's TDUA_THANG: how many people were rated, and how many good or better.
    """
    if not rated or unit.draw(month, "rating") < unit.missing_rate:
        return
    divisions = record_texts()["divisions"]
    if unit.level != "commune":
        divisions = [{"name": name, "low": 15, "high": 60} for name in own_divisions or (None,)]
    weights = [
        draws.whole(division["low"], division["high"], unit.unit_key, division["name"], "size")
        for division in divisions
    ]
    # The people who fell short are a run somewhere in the list of all people.
    first_short = draws.whole(0, rated - 1, unit.unit_key, month, "short")
    short = {(first_short + step) % rated for step in range(rated - good_or_better)}
    # Ratings are better at the end of the year.
    kindness = 0.1 if month.month == _MONTHS_A_YEAR else 0.0
    end = 0
    for position, division in enumerate(divisions):
        names = (unit.unit_key, month, division["name"])
        start, end = end, round(rated * sum(weights[: position + 1]) / sum(weights))
        if start == end:
            continue
        below = len(short.intersection(range(start, end)))
        good = end - start - below
        best = min(0.2, 0.12 + 0.03 * unit.effect + kindness) * draws.uniform(*names, "best")
        outstanding = max(0, round(good * best))
        not_completed = min(below, int(draws.uniform(*names, "worst") < _ONE_MONTH_IN_TWELVE))
        yield named(unit) | {
            "period": f"{month:%Y-%m}",
            "division": division["name"],
            "rated_count": end - start,
            "outstanding_count": outstanding,
            "good_count": good - outstanding,
            "completed_count": below - not_completed,
            "not_completed_count": not_completed,
            "rewarded_count": min(outstanding, draws.whole(0, 3, *names, "rewarded")),
            "disciplined_count": not_completed
            if draws.uniform(*names, "disciplined") < unit.draw("strict")
            else 0,
        }


def month_end(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def named(unit: SampleUnit) -> Row:
    """The columns by which each row names its unit."""
    return {
        "unit_code": unit.unit_code,
        "unit_name": unit.unit_name,
        "parent_name": unit.parent_name,
    }
