"""Simulated inspections, supervision and visits that a province pays to its communes, and the conclusions that come of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from warehouse.sample import draws
from warehouse.sample.record_texts import record_texts
from warehouse.sample.records import HELD_SHARE, Item, Row, named
from warehouse.sample.units import SampleUnit

# Activities of other kinds have the numbers 1 to 3 of their month.
_FIRST_NUMBER = 4
_CONCLUSIONS = (0, 2)
_CLOSED_SHARE, _IN_TIME_SHARE = 0.75, 0.65


def inspections(
    province: SampleUnit, communes: Sequence[SampleUnit], month: date, last_day: date
) -> Iterator[Row]:
    """Form HD: each month two inspections, one supervision and one visit to the grassroots, each to one commune."""
    document = _document_before(month)
    for number, visit in enumerate(record_texts()["visits"], start=_FIRST_NUMBER):
        names = (province.unit_key, month, number, "visit")
        planned = month + timedelta(days=draws.whole(4, 22, *names, "day"))
        held: date | None = planned + timedelta(days=draws.whole(0, 5, *names, "delay"))
        if held and (held > last_day or draws.uniform(*names, "held") >= HELD_SHARE):
            held = None
        yield named(province) | {
            "activity_code": f"HD-{province.unit_code}-{month:%y%m}-{number}",
            "activity_type": visit["kind"],
            "planned_date": planned,
            "activity_date": held,
            "level": "province",
            "host_role": visit["host"],
            "participants": draws.whole(6, 18, *names, "participants") if held else None,
            "topic_code": visit["topic"],
            "subject_unit_code": draws.pick(communes, *names, "commune").unit_code,
            "document_no": document,
            "co_hosts": draws.pick(record_texts()["co_hosts"], *names, "co-host"),
            "note": "Số liệu mô phỏng",
        }


def inspection_items(
    province: SampleUnit, communes: Sequence[SampleUnit], month: date, last_day: date
) -> Iterator[Item]:
    """Form KN of the communes inspected in the month: what each inspection or supervision concluded, and when it was done."""
    by_code = {commune.unit_code: commune for commune in communes}
    for activity in inspections(province, communes, month, last_day):
        if not activity["activity_date"] or activity["activity_type"] not in ("inspection", "supervision"):
            continue
        commune = by_code[activity["subject_unit_code"]]
        code = activity["activity_code"]
        for number in range(draws.whole(*_CONCLUSIONS, code, "conclusions")):
            yield _conclusion(commune, activity, number + 1)


def _conclusion(commune: SampleUnit, activity: Row, number: int) -> Item:
    names = (activity["activity_code"], number)
    issue = draws.pick(record_texts()["issues"], *names, "issue")
    raised: date = activity["activity_date"]
    due = raised + timedelta(days=draws.whole(30, 90, *names, "due"))
    late = -draws.whole(0, 20, *names, "early")
    if draws.uniform(*names, "in time") >= _IN_TIME_SHARE:
        late = draws.whole(1, 45, *names, "late")
    is_closed = draws.uniform(*names, "closed") < _CLOSED_SHARE
    return Item(
        raised,
        due + timedelta(days=late) if is_closed else None,
        named(commune)
        | {
            "item_code": f"KN-{activity['activity_code']}-{number}",
            "source_type": activity["activity_type"],
            "source_date": raised,
            "category": issue["category"],
            "statement": f"{issue['statement']} (mô phỏng)",
            "cause": issue["cause"],
            "remedy": issue["remedy"],
            "responsible_unit_code": commune.unit_code,
            "due_date": due,
            "status": draws.pick(("open", "in_progress"), *names, "status"),
            "closed_date": None,
            "activity_code": activity["activity_code"],
        },
    )


def _document_before(month: date) -> str | None:
    """Return the number of the latest document issued before the month that such a visit is about."""
    known = [
        document["number"]
        for document in record_texts()["documents"]
        if document["day"] < month and document["kind"] in ("directive", "plan", "conclusion")
    ]
    return known[-1] if known else None
